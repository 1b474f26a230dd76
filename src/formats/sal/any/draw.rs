//! Where made-up values take their chance from: a seed, or the bytes of a fuzzer.

use fastrand::Rng;

/// A source of numbers.
pub trait Draw {
    /// A number below `limit`; 0 where that is 0.
    fn below(&mut self, limit: u64) -> u64;

    /// Any number of 64 bits.
    fn word(&mut self) -> u64 {
        self.below(1 << 32) << 32 | self.below(1 << 32)
    }
}

impl Draw for Rng {
    fn below(&mut self, limit: u64) -> u64 {
        self.u64(..limit.max(1))
    }
}

/// The bytes of a fuzzer, as few for each number as it takes; zeros after their end.
#[derive(Debug, Clone)]
pub struct Bytes<'a>(pub &'a [u8]);

impl Draw for Bytes<'_> {
    fn below(&mut self, limit: u64) -> u64 {
        let highest = limit.saturating_sub(1);
        let mut number = 0_u64;
        for _ in 0..(u64::BITS - highest.leading_zeros()).div_ceil(8) {
            let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
            number = number << 8 | u64::from(*first);
            self.0 = rest;
        }
        number % limit.max(1)
    }
}
