//! Members that come and go.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use super::group::Group;
use super::scene::{Plan, Scene};
use crate::support::form::{limit, report, size};
use crate::support::{Bed, on_bed};

/// How long a partition may stand still.
const STALL: Duration = Duration::from_secs(15);

on_bed! {
    /// R5: nothing is lost and no partition stands still where members join and leave.
    fn members_that_come_and_go_lose_nothing(bed: &Bed) {
        come_and_go(bed, Plan { rate: 600, ..Plan::default() });
    }

    /// R5: so it is in a group of the newer protocol (KIP-848).
    fn members_of_newer_groups_that_come_and_go_lose_nothing(bed: &Bed) {
        let kafka: &[&str] = &["\"group.protocol\" = \"consumer\""];
        come_and_go(bed, Plan { rate: 600, kafka, ..Plan::default() });
    }
}

/// Three members at work, of which one leaves now and then, and comes back later.
fn come_and_go(bed: &Bed, plan: Plan) {
    let changes = size(8, 50);
    let seed = RandomState::new().hash_one(());
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let scene = Scene::new(bed, Plan { count: usize::MAX >> 11, ..plan });
    let group = Group::of(&scene);
    let mut members: Vec<_> = (0..3).map(|_| scene.saltransform_member()).collect();
    let source = scene.produce();
    group.moves();
    for change in 0..changes {
        if change % 2 == 0 {
            members.swap_remove(random.usize(0..members.len())).terminate();
        } else {
            members.push(scene.saltransform_member());
        }
        std::thread::sleep(Duration::from_millis(random.u64(0..3000)));
    }
    let count = source.stop();
    group.reaches(count);
    for member in members {
        member.stop();
    }
    let verdict = scene.verdict(count);
    report(&format!("{changes} joins and leaves: {verdict:?}"));
    let gap = Duration::from_millis(verdict.is_complete().longest_gap);
    assert!(gap < limit(STALL), "{verdict:?}");
}
