//! Topics come, grow and go.

use std::collections::BTreeMap;

use crate::embedded::clients::client::{Deed, New, Place, Topic};
use crate::embedded::clients::record::{Record, values};
use crate::embedded::clients::scene::{Scene, code, until};

/// A topic with a config of its own, as the one client makes it and the other one describes it.
const NEW: New = New {
    partitions: 3,
    replication: 1,
    config: &[("cleanup.policy", "compact"), ("retention.ms", "3600000")],
};

fn described() -> Topic {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Topic { partitions: NEW.partitions, config: NEW.config.iter().map(pair).collect() }
}

pub fn create(scene: &Scene) {
    let topic = scene.name("made");
    scene.client().create(&topic, &NEW).unwrap();
    let witness = scene.other(&[Deed::Describe]);
    assert_eq!(witness.describe(&topic).unwrap(), described());
}

pub fn describe(scene: &Scene) {
    let topic = scene.name("made");
    scene.other(&[Deed::Create]).create(&topic, &NEW).unwrap();
    assert_eq!(scene.client().describe(&topic).unwrap(), described());
}

pub fn list(scene: &Scene) {
    let topics = [scene.topic("one", 1), scene.topic("two", 2)];
    let listed = scene.client().topics().unwrap();
    assert!(topics.iter().all(|topic| listed.contains(topic)), "{listed:?}");
}

pub fn grow(scene: &Scene) {
    let topic = scene.topic("grown", 2);
    scene.client().grow(&topic, 5).unwrap();
    let witness = scene.other(&[Deed::Describe]);
    let grown = Topic { partitions: 5, config: BTreeMap::new() };
    assert_eq!(witness.describe(&topic).unwrap(), grown);
}

pub fn delete(scene: &Scene) {
    let topic = scene.topic("gone", 1);
    scene.client().delete(&topic).unwrap();
    let witness = scene.other(&[Deed::Describe]);
    // Kafka answers before its brokers have forgotten it.
    until(|| witness.describe(&topic).is_err(), |gone| *gone);
    assert_eq!(code(witness.describe(&topic)), 3);
    assert!(!witness.topics().unwrap().contains(&topic));
}

pub fn trim(scene: &Scene) {
    let topic = scene.filled("trimmed", &Record::many(5));
    scene.client().trim(&topic, 3).unwrap();
    assert_eq!(scene.client().offset(&topic, Place::First).unwrap(), 3);
    assert_eq!(values(&scene.witnessed(&topic, 2)), ["value-003", "value-004"]);
}

pub fn offsets(scene: &Scene) {
    let at = |i: i64| Record::new("k", "v").at(1_000_000 + i * 1000);
    let topic = scene.filled("placed", &[at(0), at(1), at(2), at(3)]);
    scene.other(&[Deed::Trim]).trim(&topic, 1).unwrap();
    let offset = |place| scene.client().offset(&topic, place).unwrap();
    assert_eq!(offset(Place::First), 1);
    assert_eq!(offset(Place::Next), 4);
    assert_eq!(offset(Place::Since(1_001_500)), 2);
}
