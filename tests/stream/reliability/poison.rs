//! Records that cannot be transformed.

use serde_json::{Value, json};

use super::scene::{Plan, Scene};
use crate::support::form::report;
use crate::support::on_bed;

on_bed! {
    /// R10: each becomes a dead letter with its own bytes, the others come out in order.
    fn bad_records_become_dead_letters_and_good_ones_come_out(bed: &Bed) {
        let options = "to: \"end\", dead_letter_share: 1.0";
        let scene = Scene::new(bed, Plan { options, ..Plan::default() });
        scene.poison("produce");
        let mut member = scene.member(0);
        let status = member.wait();
        assert_eq!(status.code(), Some(0), "{status:?}:\n{}", member.log());
        let letters: Value = serde_json::from_str(&scene.poison("check")).unwrap();
        let verdict = scene.verdict(scene.plan.count);
        report(&format!("{letters} {verdict:?}"));
        let right = json!({ "bad": 1000, "letters": 1000, "unlike": 0, "twice": 0, "missing": 0 });
        assert_eq!(letters, right);
        assert_eq!(verdict.dead_letters, 1000);
        assert_eq!(verdict.records, 10_000);
        assert_eq!((verdict.lost, verdict.corrupt, verdict.disorder), (0, 0, 0), "{verdict:?}");
    }
}
