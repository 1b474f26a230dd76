//! Members that are killed at any moment.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use super::group::Group;
use super::member::Member;
use super::oracle::Verdict;
use super::scene::{Plan, Scene};
use crate::support::form::{report, size};
use crate::support::{Bed, on_bed};

/// Bytes in flight at which a member pauses: what is usual, and less where it can be told by the
/// number of records.
fn in_flight() -> (usize, &'static str) {
    size((16 << 20, "in_flight: 16777216"), (4 << 20, "in_flight: 4194304"))
}

on_bed! {
    /// R1: nothing is lost, and each kill repeats no more than a member has in flight.
    fn killed_members_lose_nothing(bed: &Bed) {
        let (bytes, options) = in_flight();
        let plan = Plan { options, ..plan() };
        let (kills, verdict) = kill(bed, plan, Member::kill);
        verdict.is_complete();
        let most = bytes / verdict.smallest * kills;
        assert!(verdict.duplicates <= most, "more than {most} duplicates: {verdict:?}");
    }

    /// R2: exactly once, each record is there once and in order, whether members are killed or
    /// told to stop.
    fn killed_members_deliver_exactly_once(bed: &Bed) {
        let options = "delivery: \"exactly-once\", transactional_id: \"GROUP-NUMBER\"";
        let plan = Plan { options, isolation: "read_committed", ..plan() };
        let end = |member: Member| if fastrand::bool() { member.kill() } else { member.terminate() };
        let (_, verdict) = kill(bed, plan, end);
        verdict.is_exact();
    }
}

fn plan() -> Plan {
    Plan {
        count: usize::MAX >> 11,
        rate: size(2500, 1000),
        size: 1000,
        // The group notices soon that a member is gone.
        kafka: &["session.timeout.ms = 3000", "heartbeat.interval.ms = 500"],
        ..Plan::default()
    }
}

/// Two members at work, of which now one and now the other is ended and started again.
fn kill(bed: &Bed, plan: Plan, end: impl Fn(Member)) -> (usize, Verdict) {
    let (kills, records) = size((5, 20_000), (20, 100_000));
    let seed = RandomState::new().hash_one(());
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    // The moments are spread over the time that the source takes for its records.
    let longest = 2000 * records / plan.rate / (kills + 1);
    let scene = Scene::new(bed, plan);
    let group = Group::of(&scene);
    let mut members = [0, 1].map(|number| Some(scene.member(number)));
    let source = scene.produce();
    for _ in 0..kills {
        group.moves();
        std::thread::sleep(Duration::from_millis(random.u64(0..longest as u64)));
        let victim = random.usize(0..2);
        members[victim].take().into_iter().for_each(&end);
        members[victim] = Some(scene.member(victim));
    }
    while group.ahead() < records {
        std::thread::sleep(Duration::from_millis(50));
    }
    let count = source.stop();
    group.reaches(count);
    for member in members.into_iter().flatten() {
        member.stop();
    }
    let verdict = scene.verdict(count);
    report(&format!("{kills} kills, {:?}: {verdict:?}", scene.plan.options));
    (kills, verdict)
}
