//! Hash tables that are read in place from bytes inside the binary: nothing is parsed and nothing allocated at start.

/// Slots of 8 bytes: a check (the key's high half) and a value plus one; 0 marks an empty slot. Built by `tools/router_tables.py`.
#[derive(Clone, Copy)]
pub(super) struct Index {
    slots: &'static [[u8; 8]],
}

impl Index {
    /// Takes the bytes of an index file; what does not fill a slot is left out.
    pub(super) const fn new(bytes: &'static [u8]) -> Self {
        Self { slots: bytes.as_chunks::<8>().0 }
    }

    /// The value of `key`, where the table has it. Two keys that agree in 48 bits or more would be mistaken for each other.
    #[inline]
    pub(super) fn get(self, key: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let (mut at, check) = (usize::try_from(key & 0xFFFF_FFFF).ok()? & mask, key >> 32);
        for _ in 0..=mask {
            let [a, b, c, d, e, f, g, h] = *self.slots.get(at)?;
            let value = u32::from_le_bytes([e, f, g, h]).checked_sub(1)?;
            if u64::from(u32::from_le_bytes([a, b, c, d])) == check {
                return Some(value);
            }
            at = (at + 1) & mask;
        }
        None
    }
}
