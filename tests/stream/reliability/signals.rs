//! Members that are told to stop.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::group::Group;
use super::member::{Member, send};
use super::scene::{Plan, Scene};
use crate::support::form::{limit, report, size};
use crate::support::{Bed, on_bed};

/// What Kubernetes gives a pod, less a reserve.
const GRACE: Duration = Duration::from_secs(55);
/// How long a group may list a member that has ended.
const LEFT: Duration = Duration::from_secs(1);

on_bed! {
    /// R12: each ends with code 0 in time, leaves its group and repeats nothing.
    fn terminated_members_end_in_good_order(bed: &Bed) {
        terminate(bed, Scene::saltransform_member);
    }

    /// R12: so does a member that has nothing to read.
    fn members_without_partitions_leave_their_group(bed: &Bed) {
        let scene = Scene::new(bed, Plan { partitions: 1, ..Plan::default() });
        let group = Group::of(&scene);
        let members = [0, 1].map(|number| scene.member(number));
        group.settles(2);
        for (left, member) in [1, 0].into_iter().zip(members) {
            member.stop();
            assert_eq!(group.members(), left, "a member that has ended is in its group");
        }
    }

    /// R12: so does process 1 of a container, which gets no signal that it does not ask for.
    fn so_does_process_1(bed: &Bed) {
        let probe = Command::new("unshare").args(["--pid", "--fork", "--mount-proc", "true"]).status();
        if probe.is_ok_and(|status| status.success()) {
            terminate(bed, process_1);
        } else {
            eprintln!("SKIPPED: namespaces of processes are not permitted here");
        }
    }
}

fn process_1(scene: &Scene) -> Member {
    let mut command = Command::new("unshare");
    command.args(["--pid", "--fork", "--mount-proc", "--kill-child=KILL"]);
    command.arg(env!("CARGO_BIN_EXE_kafkaefd")).args(scene.saltransform());
    Member::spawn(scene.home.path(), &mut command)
}

/// The process that gets the signal: the one in the container, or the member itself.
fn target(member: &Member) -> u32 {
    let pid = member.pid();
    let path = format!("/proc/{pid}/task/{pid}/children");
    let children = std::fs::read_to_string(Path::new(&path)).unwrap_or_default();
    children.split_whitespace().next().map_or(pid, |child| child.parse().unwrap())
}

fn terminate(bed: &Bed, start: impl Fn(&Scene) -> Member) {
    let signals = size(10, 100);
    // More records than there is time for: the source is stopped.
    let scene = Scene::new(bed, Plan { count: usize::MAX >> 11, rate: 1000, ..Plan::default() });
    let source = scene.produce();
    let group = Group::of(&scene);
    let (mut ending, mut leaving) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..signals {
        let mut member = start(&scene);
        group.moves();
        let signal = Instant::now();
        send("TERM", target(&member));
        let status = member.wait();
        assert_eq!(status.code(), Some(0), "{status:?}:\n{}", member.log());
        let ended = Instant::now();
        ending = ending.max(ended - signal);
        while group.members() > 0 {
            assert!(ended.elapsed() < limit(LEFT), "a member that has ended is in its group");
        }
        leaving = leaving.max(ended.elapsed());
    }
    assert!(ending < limit(GRACE), "a member took {ending:?} to end");
    let count = source.stop();
    let mut last = start(&scene);
    group.reaches(count);
    send("TERM", target(&last));
    last.wait();
    let verdict = scene.verdict(count);
    report(&format!(
        "{signals} signals: ended in {ending:?}, left {leaving:?} later, at most: {verdict:?}"
    ));
    verdict.is_exact();
}
