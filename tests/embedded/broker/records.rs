use rdkafka::Message;
use rdkafka::topic_partition_list::Offset;

use super::bed::{Bed, payload, take};

#[test]
fn records_come_back_in_order() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    bed.send("orders", &["a", "b", "c"]);
    let records = take(&bed.reader("orders", Offset::Beginning, &[]), 3);
    assert_eq!(records.iter().map(payload).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(records.iter().map(Message::offset).collect::<Vec<_>>(), [0, 1, 2]);
}
