//! Where features are looked up, many at a time.
//!
//! A text has some hundred features, and where many hackathons are asked in turn none of a router's memory is at hand. A
//! processor waits for many distant places at once, as long as what it does next does not hang on what it finds there. So the
//! first look at every feature's place comes before the first of them is judged.

use super::space::Known;

/// A table with at most three quarters of its places taken. Keys are mixed hashes already, so their low bits are the place.
#[derive(Clone, Default)]
pub(super) struct Slots {
    slots: Vec<Slot>,
    taken: usize,
}

/// A key of zero is none.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: u64,
    known: Known,
}

impl Slots {
    /// With room for so many.
    pub(super) fn for_so_many(many: usize) -> Slots {
        Slots { slots: vec![Slot::default(); (many * 4 / 3 + 1).next_power_of_two()], taken: 0 }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.taken
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Slot>()
    }

    /// What lies under this key.
    pub(super) fn get(&self, key: u64) -> Option<Known> {
        self.resolve(key, self.first(key))
    }

    /// What lies under these keys, in their order; those under which nothing lies are left out.
    pub(super) fn each<'s>(&'s self, keys: &'s [u64]) -> impl Iterator<Item = Option<Known>> + 's {
        let firsts: Vec<Slot> = keys.iter().map(|key| self.first(*key)).collect();
        keys.iter().zip(firsts).map(|(key, first)| self.resolve(*key, first))
    }

    /// Puts something under a key under which nothing lies yet.
    pub(super) fn insert(&mut self, key: u64, known: Known) {
        if (self.taken + 1) * 4 > self.slots.len() * 3 {
            self.resize((self.slots.len() * 2).max(16));
        }
        self.place(Slot { key: key.max(1), known });
        self.taken += 1;
    }

    fn resize(&mut self, places: usize) {
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); places]);
        old.into_iter().filter(|slot| slot.key != 0).for_each(|slot| self.place(slot));
    }

    /// The slot in which a key lies unless another one took it first; an empty one where there is no table.
    fn first(&self, key: u64) -> Slot {
        self.slots.get(self.at(key.max(1))).copied().unwrap_or_default()
    }

    /// Goes on from the first slot where another key lies there.
    fn resolve(&self, key: u64, first: Slot) -> Option<Known> {
        let key = key.max(1);
        let (mut slot, mut at) = (first, self.at(key));
        loop {
            match slot.key {
                found if found == key => return Some(slot.known),
                0 => return None,
                _ => at = self.next(at),
            }
            slot = self.slots.get(at).copied().unwrap_or_default();
        }
    }

    /// Lays a slot into the first free place; a quarter of them is free.
    fn place(&mut self, slot: Slot) {
        let mut at = self.at(slot.key);
        while self.slots.get(at).is_some_and(|taken| taken.key != 0) {
            at = self.next(at);
        }
        if let Some(free) = self.slots.get_mut(at) {
            *free = slot;
        }
    }

    #[expect(clippy::as_conversions, reason = "The low bits of a hash are meant.")]
    fn at(&self, key: u64) -> usize {
        key as usize & self.slots.len().wrapping_sub(1)
    }

    fn next(&self, at: usize) -> usize {
        (at + 1) & self.slots.len().wrapping_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Slots;
    use crate::router::space::Known;

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        // Keys that want the same places, the last one and the first among them, and the key that stands for none.
        let many = (0..300).map(|n| if n % 3 == 0 { n << 40 | 15 } else { n * 7 });
        let keys: Vec<u64> = many.chain([0]).collect();
        let mut slots = Slots::default();
        assert!(slots.get(5).is_none());
        for (id, key) in (0..).zip(&keys) {
            assert!(slots.get(*key).is_none(), "{key}");
            slots.insert(*key, Known { id, idf: 1.0 });
        }
        assert_eq!(slots.len(), keys.len());
        for (id, key) in (0..).zip(&keys) {
            assert_eq!(slots.get(*key).map(|known| known.id), Some(id), "{key}");
        }
        assert!(slots.get(6_000_001).is_none());
        let found: Vec<Option<u32>> =
            slots.each(&[49, 6_000_001, 3 << 40 | 15]).map(|one| one.map(|known| known.id)).collect();
        assert_eq!(found, [Some(7), None, Some(3)]);
    }
}
