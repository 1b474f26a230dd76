//! Members that are killed at any moment.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use super::group::Group;
use super::oracle::Verdict;
use super::scene::{Plan, Scene};
use crate::support::form::{report, size};
use crate::support::{Bed, on_bed};

/// Bytes in flight at which a member pauses.
const IN_FLIGHT: usize = 4 << 20;

on_bed! {
    /// R1: nothing is lost, and each kill repeats no more than a member has in flight.
    fn killed_members_lose_nothing(bed: &Bed) {
        let plan = Plan { options: "in_flight: 4194304", ..plan() };
        let (kills, verdict) = kill(bed, plan);
        verdict.is_complete();
        let most = IN_FLIGHT / verdict.smallest * kills;
        assert!(verdict.duplicates <= most, "more than {most} duplicates: {verdict:?}");
    }
}

fn plan() -> Plan {
    Plan {
        count: size(20_000, 100_000),
        rate: size(2500, 1000),
        size: 1000,
        // The group notices soon that a member is gone.
        kafka: &["session.timeout.ms = 3000", "heartbeat.interval.ms = 500"],
        ..Plan::default()
    }
}

/// Two members at work, of which now one and now the other is killed and started again.
fn kill(bed: &Bed, plan: Plan) -> (usize, Verdict) {
    let kills = size(5, 20);
    let seed = RandomState::new().hash_one(());
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    // The moments are spread over the time of the source.
    let longest = 2000 * plan.count / plan.rate / (kills + 1);
    let scene = Scene::new(bed, plan);
    let mut members = [scene.member(), scene.member()];
    let source = scene.produce();
    for _ in 0..kills {
        std::thread::sleep(Duration::from_millis(random.u64(0..longest as u64)));
        let victim = random.usize(0..2);
        std::mem::replace(&mut members[victim], scene.member()).kill();
    }
    let count = source.finish();
    Group::of(&scene).reaches(count);
    for member in members {
        member.stop();
    }
    let verdict = scene.verdict(count);
    report(&format!("{kills} kills: {verdict:?}"));
    (kills, verdict)
}
