//! What brokers refuse, under Kafka's own error codes.

use super::sharing::shared;
use crate::embedded::clients::client::{Deed, New, Reading, Writing};
use crate::embedded::clients::record::Record;
use crate::embedded::clients::scene::{Scene, code};

const UNKNOWN_TOPIC: i16 = 3;
const MESSAGE_TOO_LARGE: i16 = 10;
const INVALID_TOPIC: i16 = 17;
const TOPIC_EXISTS: i16 = 36;
const INVALID_PARTITIONS: i16 = 37;
const INVALID_REPLICATION: i16 = 38;
const INVALID_CONFIG: i16 = 40;
const NON_EMPTY_GROUP: i16 = 68;
const UNKNOWN_GROUP: i16 = 69;

pub fn topics(scene: &Scene) {
    let (client, taken, free) = (scene.client(), scene.topic("taken", 2), scene.name("free"));
    let one = New::of(1);
    assert_eq!(code(client.create(&taken, &one)), TOPIC_EXISTS);
    assert_eq!(code(client.create("no/name", &one)), INVALID_TOPIC);
    let copies = New { replication: 3, ..one };
    assert_eq!(code(client.create(&free, &copies)), INVALID_REPLICATION);
    let config = New { config: &[("retention.ms", "soon")], ..New::of(1) };
    assert_eq!(code(client.create(&free, &config)), INVALID_CONFIG);
    assert!(!scene.other(&[]).topics().unwrap().contains(&free));
}

pub fn shrink(scene: &Scene) {
    let topic = scene.topic("taken", 2);
    assert_eq!(code(scene.client().grow(&topic, 1)), INVALID_PARTITIONS);
    assert_eq!(scene.other(&[Deed::Describe]).describe(&topic).unwrap().partitions, 2);
}

pub fn configs(scene: &Scene) {
    let topic = scene.topic("tuned", 1);
    assert_eq!(code(scene.client().configure(&topic, "retention.mss", "1")), INVALID_CONFIG);
    assert_eq!(code(scene.client().configure(&topic, "retention.ms", "soon")), INVALID_CONFIG);
    assert!(scene.other(&[Deed::Describe]).describe(&topic).unwrap().config.is_empty());
}

pub fn read_nowhere(scene: &Scene) {
    let reading = Reading { count: 1, ..Reading::default() };
    assert_eq!(code(scene.client().consume(&scene.name("nowhere"), &reading)), UNKNOWN_TOPIC);
}

pub fn trim_nowhere(scene: &Scene) {
    assert_eq!(code(scene.client().trim(&scene.name("nowhere"), 1)), UNKNOWN_TOPIC);
}

pub fn unknown_group(scene: &Scene) {
    assert_eq!(code(scene.client().forget(&scene.name("nobody"))), UNKNOWN_GROUP);
}

pub fn live_group(scene: &Scene) {
    let (topic, group) = (scene.topic("live", 1), scene.name("members"));
    let mut member = scene.other(&[Deed::JoinRange]).join(&topic, &group, "range");
    shared(scene, &group, &[1]);
    assert_eq!(code(scene.client().forget(&group)), NON_EMPTY_GROUP);
    member.leave();
    shared(scene, &group, &[]);
    scene.client().forget(&group).unwrap();
}

pub fn too_large(scene: &Scene) {
    let topic = scene.name("small");
    let small = New { config: &[("max.message.bytes", "20000")], ..New::of(1) };
    scene.other(&[Deed::Create]).create(&topic, &small).unwrap();
    let records = [Record::new("k", &"x".repeat(50_000))];
    let answer = scene.client().produce(&topic, &records, &Writing::default());
    assert_eq!(code(answer), MESSAGE_TOO_LARGE);
    scene.client().produce(&topic, &Record::many(1), &Writing::default()).unwrap();
    assert_eq!(scene.witnessed(&topic, 1).len(), 1);
}
