//! A real registry that is killed and started again: records wait, and none is a dead letter.

use std::time::Duration;

use super::scene::Scene;
use crate::support::form::{limit, report, size};
use crate::support::on_bed;

/// The server that this test kills.
const REGISTRY: &str = "apicurio-kept";
const COUNT: usize = 200;
/// Twice as long as the transformer waits for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

on_bed! {
    fn a_registry_that_is_killed_and_comes_back(bed: &Bed) {
        let _mine = bed.reserve(REGISTRY);
        let kept = bed.up(REGISTRY);
        Scene::play(&kept.with_registry("APICURIO_KEPT"), |scene| {
            scene.prepare();
            scene.feed(0, COUNT, 200);
            // It is gone before the transformer has asked it anything, and again when it has.
            bed.kill(REGISTRY);
            let mut transform = scene.transform("");
            for round in 1..=2 {
                std::thread::sleep(size(Duration::from_secs(1), Duration::from_secs(30)));
                transform.lives();
                kept.up(REGISTRY);
                let verdict = scene.judge(round * COUNT, limit(PATIENCE));
                report(&format!("whole after {:?}", verdict.took));
                assert_eq!(verdict.text, Scene::whole(round * COUNT), "{}", transform.stderr());
                bed.kill(REGISTRY);
                scene.feed(round * COUNT, (round + 1) * COUNT, 200);
            }
            kept.up(REGISTRY);
            let verdict = scene.judge(3 * COUNT, limit(PATIENCE));
            assert_eq!(verdict.text, Scene::whole(3 * COUNT), "{}", transform.stderr());
            assert_eq!(scene.dead_letters(), "0");
            transform.lives();
            transform.stop();
        });
    }
}
