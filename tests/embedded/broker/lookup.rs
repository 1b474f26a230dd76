//! Records found by their time, also where a producer wrote nonsense.

use kafka_protocol::messages::ListOffsetsRequest;
use kafka_protocol::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};

use super::batch::{EMPTY, batch, send};
use super::fixture::Bed;
use super::raw::Raw;
use super::versions::topic;

/// The offset and the time of the record that is found at `time` or later.
fn find(raw: &mut Raw, time: i64) -> (i64, i64) {
    let wanted = ListOffsetsPartition::default().with_timestamp(time);
    let wanted =
        ListOffsetsTopic::default().with_name(topic("orders")).with_partitions(vec![wanted]);
    let request = ListOffsetsRequest::default().with_topics(vec![wanted]);
    let partition = &raw.call(7, &request).topics[0].partitions[0];
    assert_eq!(partition.error_code, 0);
    (partition.offset, partition.timestamp)
}

#[test]
fn records_outside_of_all_times_and_offsets_are_passed_over() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let mut raw = Raw::connect(&bed.broker);
    let (nobody, end) = ((-1, -1, -1), (i64::MAX, 3000));
    // One millisecond after the end of all time, where the batch says it starts.
    let late = &[12, 0, 2, 0, 1, 1, 0];
    // At the highest offset there is, counted from the batch's own.
    let far = &[30, 0, 0, 0xfe, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1, 1, 0];
    assert_eq!(send(&mut raw, batch((1000, 1000), nobody, EMPTY)), (0, 0));
    assert_eq!(send(&mut raw, batch(end, nobody, late)), (0, 1));
    assert_eq!(send(&mut raw, batch((2000, 3000), nobody, far)), (0, 2));
    assert_eq!(send(&mut raw, batch((2000, 2000), nobody, EMPTY)), (0, 3));
    assert_eq!(find(&mut raw, 1000), (0, 1000));
    assert_eq!(find(&mut raw, 1001), (3, 2000));
    assert_eq!(find(&mut raw, 2001), (-1, -1));
}
