//! Files that end within a batch, or have another bit than was written.

use std::fs;

use proptest::prelude::*;
use rdkafka::topic_partition_list::Offset;

use super::fixture::Kept;
use crate::embedded::broker::batch::{EMPTY, batch, send};
use crate::embedded::broker::fixture::{payload, take};
use crate::embedded::broker::raw::Raw;

/// The bytes of each batch here.
const SIZE: usize = 68;

/// A stopped broker whose topic `orders` has three batches of [`SIZE`] bytes.
fn three() -> Kept {
    let mut kept = Kept::new();
    kept.bed().topic("orders", 1);
    let mut raw = Raw::connect(&kept.bed().broker);
    for offset in 0..3 {
        assert_eq!(send(&mut raw, batch((1000, 1000), (-1, -1, -1), EMPTY)), (0, offset));
    }
    kept.stop();
    assert_eq!(fs::metadata(&kept.files()[0]).unwrap().len() as usize, 3 * SIZE);
    kept
}

fn note(cut: usize, end: i64) -> String {
    format!("cut {cut} bytes of an unfinished batch from orders-0 at offset {end}")
}

#[test]
fn an_unfinished_batch_is_cut_and_noted() {
    let mut kept = three();
    let path = kept.files()[0].clone();
    let whole = fs::read(&path).unwrap();
    for missing in 0..SIZE {
        fs::write(&path, &whole[..3 * SIZE - missing]).unwrap();
        let notes = kept.start();
        if missing == 0 {
            assert_eq!(notes, Vec::<String>::new());
            assert_eq!(kept.bounds("orders"), (0, 3));
        } else {
            assert_eq!(notes, [note(SIZE - missing, 2)]);
            assert_eq!(fs::read(&path).unwrap(), whole[..2 * SIZE]);
        }
        kept.stop();
    }
    kept.start();
    assert_eq!(kept.bounds("orders"), (0, 2));
    kept.bed().send("orders", &["next"]);
    kept.restart();
    let records = take(&kept.bed().reader("orders", Offset::Offset(2), &[]), 1);
    assert_eq!(payload(&records[0]), "next");
}

/// Even the first batch of a file may be unfinished, and zeros are no batch.
#[test]
fn nothing_but_an_unfinished_batch_leaves_an_empty_log() {
    let mut kept = three();
    let path = kept.files()[0].clone();
    for left in [vec![0; 4096], fs::read(&path).unwrap()[..40].to_vec()] {
        fs::write(&path, &left).unwrap();
        assert_eq!(kept.start(), [note(left.len(), 0)]);
        assert_eq!(kept.bounds("orders"), (0, 0));
        kept.bed().send("orders", &["first"]);
        kept.restart();
        assert_eq!(kept.bounds("orders"), (0, 1));
        kept.stop();
    }
}

#[test]
fn damage_before_the_end_is_refused_and_left_alone() {
    let mut kept = three();
    let path = kept.files()[0].clone();
    let whole = fs::read(&path).unwrap();
    // A bit of the record, of the length, of the offset.
    for at in [SIZE + 62, SIZE + 9, SIZE + 3] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&path, &bytes).unwrap();
        let failure = kept.refusal();
        let shown = path.display();
        assert_eq!(
            failure.message,
            format!("cannot read {shown}: it is damaged at byte {SIZE}, and goes on behind that")
        );
        assert_eq!(
            failure.remedy.unwrap(),
            format!(
                "take the file from a copy; or lose what follows with `truncate -s {SIZE} {shown}`"
            )
        );
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    // The remedy helps.
    fs::write(&path, &whole[..SIZE]).unwrap();
    assert_eq!(kept.start(), Vec::<String>::new());
    assert_eq!(kept.bounds("orders"), (0, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever is changed at the end of a file, what is served is what was sent, up to there.
    #[test]
    fn no_garbage_is_served(at in 0..SIZE, bit in 0..8u32, more in prop::collection::vec(any::<u8>(), 0..100)) {
        let mut kept = three();
        let path = kept.files()[0].clone();
        let whole = fs::read(&path).unwrap();
        let mut bytes = whole.clone();
        bytes[2 * SIZE + at] ^= 1 << bit;
        bytes.extend(&more);
        fs::write(&path, &bytes).unwrap();
        let notes = kept.start();
        // The leader's epoch stands before the checksummed part and means nothing here.
        let kept_batches = if (12..16).contains(&at) { 3 } else { 2 };
        prop_assert_eq!(kept.bounds("orders"), (0, kept_batches));
        let length = kept_batches as usize * SIZE;
        let cut = bytes.len() - length;
        prop_assert_eq!(notes, if cut > 0 { vec![note(cut, kept_batches)] } else { vec![] });
        prop_assert_eq!(fs::read(&path).unwrap(), &bytes[..length]);
    }
}
