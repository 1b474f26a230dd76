//! All brokers are gone for a while: the pipeline waits in its place, and catches up.

use std::time::{Duration, Instant};

use super::process::Process;
use super::scene::Scene;
use crate::support::form::{limit, report, size};
use crate::support::on_bed;
use crate::support::proxy::Fault;

/// Goal R4: the process grows by no more than 64 MiB.
const GROWTH: u64 = 64 << 10;

fn count() -> usize {
    size(20_000, 200_000)
}

fn outage() -> Duration {
    size(Duration::from_secs(5), Duration::from_secs(60))
}

/// Waits until the outage is over, and watches the process.
fn sit_out(copy: &Process) -> u64 {
    let end = Instant::now() + outage();
    let mut most = 0;
    while Instant::now() < end {
        most = most.max(copy.memory());
        std::thread::sleep(Duration::from_millis(100));
    }
    most
}

fn catches_up(scene: &Scene<'_>, mut copy: Process, before: u64, most: u64) {
    let verdict = scene.judge(count(), limit(Duration::from_secs(120)));
    let most = most.max(copy.memory());
    report(&format!(
        "{before} KiB before, {most} KiB at most, {:?}: {}",
        verdict.took, verdict.text
    ));
    assert!(verdict.text.starts_with("corrupt=0 "), "{verdict:?}");
    assert!(verdict.text.contains(" lost=0 misordered=0 "), "{verdict:?}: {}", copy.stderr());
    assert!(most < before + GROWTH, "from {before} to {most} KiB");
    copy.lives();
    copy.stop();
}

on_bed! {
    fn no_broker_answers(bed: &Bed) {
        Scene::play(&bed.stack(), |scene| {
            scene.prepare();
            scene.feed(0, count() / 2, 500);
            let copy = scene.copy("", "");
            // It is in the midst of them.
            assert!(scene.judge(1000, Duration::from_secs(240)).text.contains(" lost=0 "));
            let before = copy.memory();
            scene.broker.fail(Fault::Refuse);
            scene.feed(count() / 2, count(), 500);
            let most = sit_out(&copy);
            scene.broker.heal();
            catches_up(scene, copy, before, most);
        });
    }
}
