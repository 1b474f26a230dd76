//! Transactions, as readers of committed records see them.

use crate::embedded::clients::client::{Client, Deed, Reading};
use crate::embedded::clients::record::values;
use crate::embedded::clients::scene::{Scene, until};

fn read(client: &dyn Client, topic: &str, count: usize, committed: bool) -> Vec<String> {
    let reading = Reading { count, committed, ..Reading::default() };
    let read = client.consume(topic, &reading).unwrap();
    values(&read).into_iter().map(str::to_owned).collect()
}

/// What a reader of committed records sees, once that is `expected`: a broker says that a transaction
/// is committed before its records can be seen.
fn sees(client: &dyn Client, topic: &str, expected: &[&str]) {
    until(|| read(client, topic, expected.len(), true), |found| found == expected);
}

pub fn commit(scene: &Scene) {
    let (topic, id) = (scene.topic("till", 1), scene.name("clerk"));
    scene.client().transact(&topic, &["a", "b", "c"], &id, true).unwrap();
    scene.client().transact(&topic, &["d"], &id, true).unwrap();
    let witness = scene.other(&[Deed::Consume]);
    sees(witness, &topic, &["a", "b", "c", "d"]);
}

/// What was aborted is hidden from readers of committed records, and from those only.
pub fn abort(scene: &Scene) {
    let (topic, id) = (scene.topic("till", 1), scene.name("clerk"));
    scene.client().transact(&topic, &["a", "b"], &id, false).unwrap();
    scene.client().transact(&topic, &["c"], &id, true).unwrap();
    let witness = scene.other(&[Deed::Consume]);
    sees(witness, &topic, &["c"]);
    assert_eq!(read(witness, &topic, 3, false), ["a", "b", "c"]);
}

pub fn isolation(scene: &Scene) {
    let (topic, id) = (scene.topic("till", 1), scene.name("clerk"));
    let another = scene.other(&[Deed::Abort]);
    another.transact(&topic, &["a"], &id, true).unwrap();
    another.transact(&topic, &["b", "c"], &id, false).unwrap();
    another.transact(&topic, &["d"], &id, true).unwrap();
    sees(scene.client(), &topic, &["a", "d"]);
    assert_eq!(read(scene.client(), &topic, 4, false), ["a", "b", "c", "d"]);
}
