//! Names of features as 64-bit numbers, so that no strings are kept or compared on the way to an answer.

const START: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0100_0000_01B3;
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hash under way: FNV-1a, which grows byte by byte, so that every prefix of a word costs one step.
#[derive(Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    /// Begins with the bytes of `prefix`.
    pub(super) const fn of(prefix: &[u8]) -> Self {
        Self(START).then(prefix)
    }

    /// Goes on with `bytes`.
    pub(super) const fn then(self, mut bytes: &[u8]) -> Self {
        let mut state = self.0;
        while let Some((first, rest)) = bytes.split_first() {
            state = (state ^ widen(*first)).wrapping_mul(PRIME);
            bytes = rest;
        }
        Self(state)
    }

    /// The number: mixed, because tables use its low bits and FNV's are weak.
    pub(super) const fn key(self) -> u64 {
        let mut state = self.0;
        state ^= state >> 32;
        state = state.wrapping_mul(MIX);
        state ^ (state >> 29)
    }
}

#[expect(clippy::as_conversions, reason = "A byte always fits; `u64::from` is not const.")]
const fn widen(byte: u8) -> u64 {
    byte as u64
}

#[cfg(test)]
mod tests {
    use super::Hash;

    #[test]
    fn grows_byte_by_byte() {
        assert_eq!(Hash::of(b"w:pipe").then(b"line").key(), Hash::of(b"w:pipeline").key());
        assert_ne!(Hash::of(b"w:pipe").key(), Hash::of(b"c:pipe").key());
    }

    #[test]
    fn agrees_with_the_tool_that_builds_the_indices() {
        assert_eq!(Hash::of("w:설치".as_bytes()).key(), 0x270A_D107_9062_0BB6);
    }
}
