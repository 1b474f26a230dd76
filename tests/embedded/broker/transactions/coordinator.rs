//! Who may do what with a transactional id.

use kafka_protocol::messages::{AddOffsetsToTxnRequest, GroupId, InitProducerIdRequest};
use kafka_protocol::messages::{ProducerId, TransactionalId};

use super::super::batch::transactional;
use super::super::versions::text;
use super::wire::{
    CONCURRENT, FENCED, INVALID_MAPPING, INVALID_STATE, INVALID_TIMEOUT, NOBODY, OLD_EPOCH,
    OUT_OF_ORDER, Owner, UNAUTHORISED, Wire, patiently, record,
};
use crate::support::on_each_stack;

const INVALID_REQUEST: i16 = 42;

on_each_stack! {
    /// Each owner gets the next epoch; one that comes again after an error of its own too, but only
    /// while nobody else came, and asking twice changes nothing (KIP-360).
    fn each_owner_gets_the_next_epoch(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let first = wire.claim();
        assert_eq!(first.1, 0);
        let second = wire.claim();
        assert_eq!(second, Owner(first.0, 1));
        let third = Owner(first.0, 2);
        assert_eq!(patiently(|| wire.init(4, second, 60_000)), Ok(third));
        assert_eq!(patiently(|| wire.init(4, second, 60_000)), Ok(third));
        assert_eq!(patiently(|| wire.init(4, first, 60_000)), Err(FENCED));
        assert_eq!(patiently(|| wire.init(3, first, 60_000)), Err(OLD_EPOCH));
        assert_eq!(patiently(|| wire.init(4, Owner(first.0 + 1_000_000, 2), 60_000)), Err(FENCED));
        assert_eq!(patiently(|| wire.init(4, third, 60_000)), Ok(Owner(first.0, 3)));
    }

    fn a_claim_has_bounds(stack: &Stack) {
        let mut wire = Wire::new(stack);
        assert_eq!(wire.init(4, NOBODY, 0), Err(INVALID_TIMEOUT));
        assert_eq!(wire.init(4, NOBODY, 900_001), Err(INVALID_TIMEOUT));
        assert_eq!(wire.init(4, Owner(5, -1), 60_000), Err(INVALID_REQUEST));
        assert_eq!(wire.init(4, Owner(-1, 5), 60_000), Err(INVALID_REQUEST));
        let request = InitProducerIdRequest::default()
            .with_transactional_id(Some(TransactionalId::default()))
            .with_transaction_timeout_ms(60_000);
        assert_eq!(wire.raw.call(4, &request).error_code, INVALID_REQUEST);
        assert_eq!(patiently(|| wire.init(4, NOBODY, 900_000)).unwrap().1, 0);
    }

    /// A second owner ends what the first left open, and asks again for its epoch.
    fn a_second_owner_ends_the_first(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let first = wire.claim();
        wire.begin(first);
        assert_eq!(wire.send(first, 0), (0, 0));
        assert_eq!(wire.init(4, NOBODY, 60_000), Err(CONCURRENT));
        let second = wire.claim();
        assert_eq!(second, Owner(first.0, 2));
        assert_eq!(wire.send(first, 1), (OLD_EPOCH, -1));
        assert_eq!(wire.end(3, first, true), FENCED);
        assert_eq!(wire.end(1, first, true), OLD_EPOCH);
        assert_eq!(wire.add(3, first, &[0]), [FENCED]);
        assert_eq!(wire.add(1, first, &[0]), [OLD_EPOCH]);
        let aborted = wire.fetch(0, true).aborted_transactions.unwrap();
        assert_eq!((aborted[0].producer_id.0, aborted[0].first_offset), (first.0, 0));
        wire.begin(second);
        assert_eq!(wire.send(second, 0), (0, 2));
    }

    fn a_stranger_is_told_so(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        let stranger = Owner(owner.0 + 1_000_000, owner.1);
        wire.begin(owner);
        assert_eq!(wire.add(3, stranger, &[0]), [INVALID_MAPPING]);
        assert_eq!(wire.send(stranger, 0), (INVALID_MAPPING, -1));
        assert_eq!(wire.end(3, stranger, true), INVALID_MAPPING);
        let group = GroupId(text("clerks"));
        let offsets = AddOffsetsToTxnRequest::default()
            .with_transactional_id(wire.transactional_id())
            .with_producer_id(ProducerId(stranger.0))
            .with_group_id(group);
        assert_eq!(wire.raw.call(3, &offsets).error_code, INVALID_MAPPING);
        "nobody's".clone_into(&mut wire.id);
        assert_eq!(wire.add(3, owner, &[0]), [INVALID_MAPPING]);
        assert_eq!(wire.end(3, owner, true), INVALID_MAPPING);
        wire.id = String::new();
        assert_eq!(wire.add(3, owner, &[0]), [INVALID_REQUEST]);
        assert_eq!(wire.end(3, owner, true), INVALID_REQUEST);
    }

    /// Nothing is written outside of an open transaction (KIP-890).
    fn a_write_outside_of_the_transaction_is_refused(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        assert_eq!(wire.send(owner, 0), (INVALID_STATE, -1));
        assert_eq!(wire.add(3, owner, &[1]), [0]);
        assert_eq!(wire.send(owner, 0), (INVALID_STATE, -1));
        wire.begin(owner);
        assert_eq!(wire.send(owner, 0), (0, 0));
        assert_eq!(wire.produce(None, transactional(record(owner, 1))), (UNAUTHORISED, -1));
        let id = wire.transactional_id();
        assert_eq!(wire.produce(Some(id), record(owner, 1)), (INVALID_STATE, -1));
        assert_eq!(wire.end(3, owner, true), 0);
        wire.stable(2);
        assert_eq!(wire.send(owner, 1), (INVALID_STATE, -1));
        // The sequence goes on over transactions.
        wire.begin(owner);
        assert_eq!(wire.send(owner, 1), (0, 2));
        assert_eq!(wire.send(owner, 1), (0, 2));
        assert_eq!(wire.send(owner, 3), (OUT_OF_ORDER, -1));
    }

    fn partitions_are_taken_in_together_or_not_at_all(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        assert_eq!(wire.add(3, owner, &[0, 9]), [55, 3]);
        assert_eq!(wire.send(owner, 0), (INVALID_STATE, -1));
    }
}
