//! Members that deliver exactly once. That they are killed is tried with the others, in `kills`.

use std::time::{Duration, Instant};

use super::group::Group;
use super::scene::{Plan, Scene};
use crate::support::form::{limit, report, size};
use crate::support::{Bed, on_bed, on_each_stack};

on_bed! {
    /// Each record once and in order also in a group of the newer protocol (KIP-848), whose members
    /// are told to stop.
    fn members_of_newer_groups_deliver_once(bed: &Bed) {
        let options = "delivery: \"exactly-once\", transactional_id: \"GROUP-NUMBER\"";
        let kafka: &[&str] = &["\"group.protocol\" = \"consumer\""];
        let scene = Scene::new(bed, Plan { options, kafka, ..plan() });
        let group = Group::of(&scene);
        let source = scene.produce();
        let mut members = [0, 1].map(|number| Some(scene.member(number)));
        for end in 0..size(3, 10) {
            group.moves();
            std::thread::sleep(Duration::from_secs(1));
            let place = &mut members[end % 2];
            place.take().unwrap().stop();
            *place = Some(scene.member(end % 2));
        }
        let count = source.stop();
        group.reaches(count);
        members.into_iter().flatten().for_each(|member| {
            member.stop();
        });
        let verdict = scene.verdict(count);
        report(&format!("{verdict:?}"));
        verdict.is_exact();
    }
}

on_each_stack! {
    /// R6: a second member with the same id ends the first, which says so; nothing is written twice.
    fn of_two_with_one_id_the_older_ends(stack: &Stack) {
        Bed::run(|bed| {
            let options = "delivery: \"exactly-once\", transactional_id: \"GROUP\"";
            fence(&Scene::at(bed, stack.broker(), Plan { options, ..plan() }));
        });
    }
}

fn plan() -> Plan {
    // More records than there is time for: the source is stopped.
    Plan { count: usize::MAX >> 11, rate: 1000, isolation: "read_committed", ..Plan::default() }
}

fn fence(scene: &Scene) {
    let group = Group::of(scene);
    let source = scene.produce();
    let mut old = scene.member(0);
    group.moves();
    let new = scene.member(1);
    let start = Instant::now();
    let status = old.wait();
    let took = start.elapsed();
    assert_eq!(status.code(), Some(4), "{status:?}:\n{}", old.log());
    assert!(took < limit(Duration::from_secs(10)), "the old member took {took:?} to end");
    let name = scene.get("group");
    let said = format!(
        "cannot go on with group `{name}`: another producer took over the transactional id \
         `{name}-0`"
    );
    assert!(old.log().contains(&said), "{}", old.log());
    let count = source.stop();
    group.reaches(count);
    new.stop();
    let verdict = scene.verdict(count);
    report(&format!("the old member ended after {took:?}: {verdict:?}"));
    verdict.is_exact();
}
