//! The output is far slower than the input: what is in flight stays within its limit.

use std::time::Duration;

use super::scene::Scene;
use crate::support::form::{report, size};
use crate::support::on_bed;
use crate::support::proxy::Fault;

/// How long a message is.
const BYTES: usize = 500;
/// Goal R15: as much memory as the process may take, in KiB.
const MEMORY: u64 = 256 << 10;

on_bed! {
    fn an_output_of_64_kb_a_second(bed: &Bed) {
        // In the full form the engine's own limit.
        let in_flight = size(128 << 10, 16 << 20);
        let count = size(1000, 60_000);
        Scene::play(&bed.stack(), |scene| {
            scene.prepare();
            scene.feed(0, count, BYTES);
            scene.broker.fail(Fault::ThrottleUp(64_000));
            let mut copy = scene.copy(&format!(", in_flight: {in_flight}"), "");
            let (mut most, mut memory) = (0, 0);
            let produced = loop {
                std::thread::sleep(Duration::from_millis(200));
                copy.lives();
                memory = memory.max(copy.memory());
                let Some(read) = copy.metric("copy_transform_seconds_count") else { continue };
                let produced = copy.metric("copy_produced_total").unwrap();
                most = most.max((read - produced) as usize * BYTES);
                if produced as usize >= count {
                    break produced as usize;
                }
            };
            report(&format!("{produced} sent, {most} bytes in flight at most, {memory} KiB"));
            // Messages are a little shorter, and one of them passes the limit.
            assert!(most <= in_flight / 10 * 11 + BYTES, "{most} bytes in flight, allowed are {in_flight}");
            assert!(most > in_flight / 2, "it was never near the limit: {most}");
            assert!(memory <= MEMORY, "{memory} KiB");
            let verdict = scene.judge(count, Duration::from_secs(240));
            assert_eq!(verdict.text, Scene::whole(count));
            copy.stop();
        });
    }
}
