//! Brokers that are killed: one after the other, and all at once.

use std::time::{Duration, Instant};

use super::group::Group;
use super::nodes::Nodes;
use super::oracle::Verdict;
use super::scene::{Plan, Scene};
use crate::support::form::{limit, report, size};
use crate::support::{Bed, on_bed};

/// How long a partition may stand still where one broker is killed.
const RESUMED: Duration = Duration::from_secs(30);
/// How much a process may grow while there is no broker, in KiB.
const GROWTH: usize = 64 << 10;

on_bed! {
    /// R3: nothing is lost where each of three brokers is killed in turn, and all goes on soon.
    fn killed_brokers_lose_nothing(bed: &Bed) {
        let kills = size(1, 10);
        let nodes = Nodes::of(bed);
        let scene = Scene::at(nodes.bed(), nodes.broker(), plan());
        let group = Group::of(&scene);
        let member = scene.saltransform_member();
        let source = scene.produce();
        group.moves();
        for kill in 0..kills {
            nodes.copied();
            nodes.kill(kill % 3 + 1);
            group.moves();
            nodes.start();
        }
        nodes.copied();
        let count = source.stop();
        group.reaches(count);
        member.stop();
        let verdict = scene.verdict(count);
        report(&format!("{kills} kills of brokers: {verdict:?}"));
        let gap = Duration::from_millis(verdict.is_complete().longest_gap);
        assert!(gap < limit(RESUMED), "{verdict:?}");
    }

    /// R4: a pipeline waits while there is no broker at all, and catches up.
    fn a_pipeline_outlives_all_brokers(bed: &Bed) {
        outlive(bed, plan()).0.is_complete();
    }

    /// R4: so does one that delivers exactly once, and each record is there once.
    fn so_does_one_that_delivers_exactly_once(bed: &Bed) {
        let options = "delivery: \"exactly-once\", transactional_id: \"GROUP-NUMBER\"";
        let plan = Plan { options, isolation: "read_committed", ..plan() };
        let (verdict, twice) = outlive(bed, plan);
        assert_eq!(verdict.is_complete().duplicates, twice, "{verdict:?}");
    }
}

fn plan() -> Plan {
    // More records than there is time for: the source is stopped.
    Plan { count: usize::MAX >> 11, rate: 600, replication: 3, ..Plan::default() }
}

/// One member, and a source that goes on, while all brokers are killed and come back later. Returns
/// also how many records the source itself wrote twice: brokers that were killed may not know what
/// they have of it, and it has no transactions.
fn outlive(bed: &Bed, plan: Plan) -> (Verdict, usize) {
    let nodes = Nodes::of(bed);
    let scene = Scene::at(nodes.bed(), nodes.broker(), plan);
    let group = Group::of(&scene);
    let source = scene.produce();
    let member = scene.member(0);
    group.moves();
    nodes.copied();
    let before = member.memory("VmRSS");
    (1..=3).for_each(|number| nodes.kill(number));
    std::thread::sleep(size(Duration::from_secs(5), Duration::from_secs(60)));
    nodes.start();
    let there = Instant::now();
    group.moves();
    let resumed = there.elapsed();
    let count = source.stop();
    let written = group.ahead();
    group.reaches(written);
    let caught_up = there.elapsed();
    let most = member.memory("VmHWM");
    member.stop();
    let verdict = scene.verdict(count);
    report(&format!(
        "{before} KiB before, {most} KiB at most; goes on {resumed:?} after the brokers are back, \
         all there after {caught_up:?}: {verdict:?}, {} twice in the source",
        written - count
    ));
    assert!(most < before + GROWTH, "from {before} to {most} KiB");
    (verdict, written - count)
}
