//! Members share the partitions of a topic.

use crate::embedded::clients::client::{Client, Deed, Member};
use crate::embedded::clients::scene::{Scene, until};

/// Waits until the members of `group` have so many partitions each.
pub fn shared(scene: &Scene, group: &str, expected: &[usize]) {
    let witness = scene.other(&[Deed::Members]);
    until(|| witness.members(group).unwrap_or_default(), |counts| counts == expected);
}

/// Two members share four partitions; one leaves, and the other one has all of them.
fn share(scene: &Scene, second: &dyn Client, assignor: &str) {
    let (topic, group) = (scene.topic("shared", 4), scene.name("sharers"));
    let mut first: Member = scene.client().join(&topic, &group, assignor);
    shared(scene, &group, &[4]);
    let mut second = second.join(&topic, &group, assignor);
    shared(scene, &group, &[2, 2]);
    first.leave();
    shared(scene, &group, &[4]);
    second.leave();
    shared(scene, &group, &[]);
}

pub fn range(scene: &Scene) {
    share(scene, scene.client(), "range");
}

pub fn cooperative(scene: &Scene) {
    share(scene, scene.client(), "cooperative-sticky");
}

/// Members of different make in one group.
pub fn mixed(scene: &Scene) {
    share(scene, scene.other(&[Deed::JoinRange]), "range");
}
