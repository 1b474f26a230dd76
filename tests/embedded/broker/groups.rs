use rdkafka::consumer::{CommitMode, Consumer};

use super::bed::{Bed, payload, take};

#[test]
fn a_group_goes_on_where_it_committed() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    bed.send("orders", &["a", "b"]);
    let first = bed.consumer("clerks", &[]);
    first.subscribe(&["orders"]).unwrap();
    take(&first, 2);
    first.commit_consumer_state(CommitMode::Sync).unwrap();
    drop(first);
    bed.send("orders", &["c"]);
    let second = bed.consumer("clerks", &[]);
    second.subscribe(&["orders"]).unwrap();
    assert_eq!(payload(&take(&second, 1)[0]), "c");
}
