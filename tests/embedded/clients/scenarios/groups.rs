//! Groups: where they are, and how they are moved and forgotten.

use crate::embedded::clients::client::{Deed, Lag};
use crate::embedded::clients::record::{Record, values};
use crate::embedded::clients::scene::Scene;

fn lag(committed: i64) -> [Lag; 1] {
    [Lag { partition: 0, committed, end: 10 }]
}

/// A group in which another client has read the first `count` of ten records.
fn read_by_another(scene: &Scene, count: usize) -> (String, String) {
    let (topic, group) = (scene.filled("read", &Record::many(10)), scene.name("readers"));
    scene.other(&[Deed::Follow]).follow(&topic, &group, count).unwrap();
    (topic, group)
}

/// Each goes on where the other one has committed.
pub fn resume(scene: &Scene) {
    let (topic, group) = read_by_another(scene, 3);
    let read = scene.client().follow(&topic, &group, 4).unwrap();
    assert_eq!(values(&read), ["value-003", "value-004", "value-005", "value-006"]);
    let witness = scene.other(&[Deed::Lag]);
    assert_eq!(witness.lag(&group).unwrap(), lag(7));
    let rest = witness.follow(&topic, &group, 3).unwrap();
    assert_eq!(values(&rest), ["value-007", "value-008", "value-009"]);
    assert_eq!(witness.lag(&group).unwrap(), lag(10));
}

pub fn list(scene: &Scene) {
    let (_, group) = read_by_another(scene, 1);
    let groups = scene.client().groups().unwrap();
    assert!(groups.contains(&group), "{groups:?}");
}

pub fn behind(scene: &Scene) {
    let (_, group) = read_by_another(scene, 4);
    assert_eq!(scene.client().lag(&group).unwrap(), lag(4));
}

pub fn rewind(scene: &Scene) {
    let (topic, group) = read_by_another(scene, 4);
    scene.client().rewind(&group, &topic).unwrap();
    let witness = scene.other(&[Deed::Lag]);
    assert_eq!(witness.lag(&group).unwrap(), lag(0));
    assert_eq!(values(&witness.follow(&topic, &group, 1).unwrap()), ["value-000"]);
}

pub fn forget(scene: &Scene) {
    let (_, group) = read_by_another(scene, 4);
    scene.client().forget(&group).unwrap();
    assert!(!scene.other(&[Deed::Groups]).groups().unwrap().contains(&group));
}
