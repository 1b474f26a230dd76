//! The way to the broker fails: nothing is lost, and nothing waits for longer than twice a timeout.

use std::time::Duration;

use super::scene::Scene;
use crate::support::form::{limit, report, size};
use crate::support::proxy::Fault;
use crate::support::{Bed, on_bed};

/// How many messages there are before a fault, how many come up to it, and as many in it.
const PART: usize = 500;

/// In the full form librdkafka's own timeouts: a minute for requests, 45 s for a member that is not
/// heard of.
fn properties() -> &'static str {
    size("socket.timeout.ms = '2000'\nsession.timeout.ms = '6000'\n", "")
}

/// So long may go on what broke: twice the longest of these, and the oracle's own second.
fn patience() -> Duration {
    size(Duration::from_secs(13), Duration::from_secs(121))
}

/// Starts to copy, lets `strike` break the way while messages come, and sees all of them arrive
/// within `patience` after that.
fn through(bed: &Bed, properties: &str, strike: impl FnOnce(&Scene<'_>), patience: Duration) {
    Scene::play(&bed.stack(), |scene| {
        scene.prepare();
        scene.feed(0, PART, 300);
        let mut copy = scene.copy("", properties);
        assert!(scene.judge(PART, Duration::from_secs(240)).text.contains(" lost=0 "));
        scene.feed(PART, 2 * PART, 300);
        strike(scene);
        let verdict = scene.judge(3 * PART, limit(patience));
        report(&format!("whole after {:?}: {}", verdict.took, verdict.text));
        assert!(verdict.text.starts_with("corrupt=0 "), "{verdict:?}");
        assert!(verdict.text.contains(" lost=0 misordered=0 "), "{verdict:?}: {}", copy.stderr());
        copy.lives();
        scene.broker.heal();
        copy.stop();
    });
}

/// A line that is slow for good.
fn slow(bed: &Bed, fault: Fault, patience: u64) {
    let strike = |scene: &Scene<'_>| {
        scene.broker.fail(fault);
        scene.feed(2 * PART, 3 * PART, 300);
        scene.broker.struck(1);
    };
    through(bed, "", strike, Duration::from_secs(patience));
}

/// A line that breaks for a while.
fn broken(bed: &Bed, fault: Fault, lasts: Duration) {
    let strike = |scene: &Scene<'_>| {
        scene.broker.fail(fault);
        scene.feed(2 * PART, 3 * PART, 300);
        scene.broker.struck(1);
        let verdict = scene.judge(3 * PART, lasts);
        // More than those of the fault may be missing: what was on its way when it struck.
        assert!(verdict.lost() >= PART, "it came through: {verdict:?}");
        scene.broker.heal();
    };
    through(bed, properties(), strike, patience());
}

on_bed! {
    fn latency_of_50_ms(bed: &Bed) {
        slow(bed, Fault::Latency(Duration::from_millis(50)), 10);
    }

    fn latency_of_500_ms(bed: &Bed) {
        slow(bed, Fault::Latency(Duration::from_millis(500)), 20);
    }

    fn latency_of_2000_ms(bed: &Bed) {
        slow(bed, Fault::Latency(Duration::from_secs(2)), 30);
    }

    fn a_line_of_64_kb_a_second(bed: &Bed) {
        slow(bed, Fault::Throttle(64_000), 60);
    }

    fn a_half_open_connection(bed: &Bed) {
        broken(bed, Fault::Swallow, size(Duration::from_secs(3), Duration::from_secs(90)));
    }

    fn a_line_that_is_cut(bed: &Bed) {
        broken(bed, Fault::Hold, size(Duration::from_secs(4), Duration::from_secs(30)));
    }

    fn a_broker_that_resets_all_connections(bed: &Bed) {
        broken(bed, Fault::Refuse, size(Duration::from_secs(2), Duration::from_secs(30)));
    }

    fn connections_that_are_reset_again_and_again(bed: &Bed) {
        let strike = |scene: &Scene<'_>| {
            for round in 0..size(5, 50) {
                let (from, to) = (round * PART / size(5, 50), (round + 1) * PART / size(5, 50));
                scene.feed(2 * PART + from, 2 * PART + to, 300);
                scene.broker.reset();
            }
        };
        through(bed, properties(), strike, patience());
    }
}
