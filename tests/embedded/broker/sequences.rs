//! Idempotent producers as the broker sees them: batches sent twice, lost, or of an older life.

use bytes::BytesMut;

use super::batch::{EMPTY, send};
use super::fixture::Bed;
use super::raw::Raw;

const OUT_OF_ORDER: i16 = 45;
const DUPLICATE: i16 = 46;
const OLD_EPOCH: i16 = 47;
const CORRUPT: i16 = 2;
const INVALID: i16 = 87;

/// A batch of one empty record.
fn batch(producer: i64, epoch: i16, sequence: i32) -> BytesMut {
    super::batch::batch((1000, 1000), (producer, epoch, sequence), EMPTY)
}

#[test]
fn a_batch_sent_twice_is_kept_once() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let mut raw = Raw::connect(&bed.broker);
    for sequence in 0..7 {
        assert_eq!(send(&mut raw, batch(5, 0, sequence)), (0, i64::from(sequence)));
    }
    // The last five are remembered with their offsets; older ones are known as old.
    assert_eq!(send(&mut raw, batch(5, 0, 6)), (0, 6));
    assert_eq!(send(&mut raw, batch(5, 0, 2)), (0, 2));
    assert_eq!(send(&mut raw, batch(5, 0, 1)), (DUPLICATE, -1));
    assert_eq!(send(&mut raw, batch(6, 0, 0)), (0, 7));
}

#[test]
fn a_gap_is_refused() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let mut raw = Raw::connect(&bed.broker);
    assert_eq!(send(&mut raw, batch(5, 0, 0)), (0, 0));
    assert_eq!(send(&mut raw, batch(5, 0, 2)), (OUT_OF_ORDER, -1));
    assert_eq!(send(&mut raw, batch(5, 0, 1)), (0, 1));
}

/// A client may have two batches on the way; were the second taken where the first was refused, it
/// would believe both to be written.
#[test]
fn a_producer_begins_at_0() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let mut raw = Raw::connect(&bed.broker);
    assert_eq!(send(&mut raw, batch(5, 0, 1)), (OUT_OF_ORDER, -1));
    assert_eq!(send(&mut raw, batch(5, 0, 0)), (0, 0));
}

#[test]
fn a_new_life_begins_at_0_and_ends_the_old_one() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let mut raw = Raw::connect(&bed.broker);
    assert_eq!(send(&mut raw, batch(5, 0, 0)), (0, 0));
    assert_eq!(send(&mut raw, batch(5, 1, 1)), (OUT_OF_ORDER, -1));
    assert_eq!(send(&mut raw, batch(5, 1, 0)), (0, 1));
    assert_eq!(send(&mut raw, batch(5, 0, 1)), (OLD_EPOCH, -1));
}

#[test]
fn a_broken_batch_is_refused() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let mut raw = Raw::connect(&bed.broker);
    let mut broken = batch(-1, -1, -1);
    let last = broken.len() - 1;
    broken[last] ^= 1;
    assert_eq!(send(&mut raw, broken), (CORRUPT, -1));
    assert_eq!(send(&mut raw, batch(-1, -1, -1).split_to(30)), (INVALID, -1));
    assert_eq!(send(&mut raw, BytesMut::new()), (INVALID, -1));
    assert_eq!(send(&mut raw, batch(-1, -1, -1)), (0, 0));
}
