//! Transactions end once, and in one way.

use super::wire::{INVALID_STATE, Wire};
use crate::support::on_each_stack;

on_each_stack! {
    fn nothing_ends_that_was_not_begun(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        assert_eq!(wire.end(3, owner, true), INVALID_STATE);
        assert_eq!(wire.end(3, owner, false), INVALID_STATE);
    }

    /// A client that missed the answer asks again.
    fn ending_again_changes_nothing(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        for (commit, other, end) in [(true, false, 2), (false, true, 4)] {
            wire.begin(owner);
            assert_eq!(wire.send(owner, end / 2 - 1).0, 0);
            assert_eq!(wire.end(3, owner, commit), 0);
            wire.stable(i64::from(end));
            assert_eq!(wire.end(3, owner, commit), 0);
            assert_eq!(wire.end(3, owner, other), INVALID_STATE);
        }
        assert_eq!(wire.fetch(0, true).high_watermark, 4);
    }

    /// The end is written into every partition of the transaction, also where it wrote nothing.
    fn a_transaction_without_records_ends_too(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        wire.begin(owner);
        assert_eq!(wire.end(3, owner, false), 0);
        wire.stable(1);
        assert_eq!(wire.fetch(0, true).aborted_transactions.unwrap_or_default(), []);
    }
}
