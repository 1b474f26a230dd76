//! What a user without rights is told.

use crate::support::{Bed, Kafkaefd, on_bed};

const HELP: &str = "help: ask for an ACL for your user, or use another profile\n";

/// A call as the user who may do nothing.
fn scientist(bed: &Bed, args: &[&str]) -> Kafkaefd {
    let (broker, user) = (bed.get("KAFKA_SASL_PLAINTEXT"), bed.get("SCIENTIST_USER"));
    let password = bed.get("SCIENTIST_PASSWORD");
    let text = format!(
        "profile = 'bed'\n[profiles.bed]\nbroker = '{broker}'\n[profiles.bed.kafka]\n\
         security.protocol = 'SASL_PLAINTEXT'\nsasl.mechanism = 'SCRAM-SHA-256'\n\
         sasl.username = '{user}'\nsasl.password = '{password}'\n"
    );
    bed.kafkaefd().file("kafkaefd/kafkaefd.toml", &text).args(args)
}

fn refused(bed: &Bed, args: &[&str], message: &str) {
    scientist(bed, args).stderr(&format!("error: {message}\n{HELP}")).code(1);
}

on_bed! {
    fn a_user_without_rights_is_told_what_is_not_allowed(bed: &Bed) {
        let stack = bed.stack();
        stack.kafkaefd().args(["admin", "topics", "create", "dome-######"]).success();
        refused(
            bed,
            &["admin", "topics", "create", "mount-######", "-r", "1"],
            "cannot create topic `mount-######`: not authorised for the topic",
        );
        refused(
            bed,
            &["admin", "topics", "config", "dome-######"],
            "cannot read the config of topic `dome-######`: not authorised for the topic",
        );
        refused(
            bed,
            &["admin", "topics", "config", "dome-######", "--set", "retention.ms", "5"],
            "cannot change the config of topic `dome-######`: not authorised for the topic",
        );
        refused(
            bed,
            &["admin", "topics", "delete", "dome-######", "--yes"],
            "cannot delete topic `dome-######`: not authorised for the topic",
        );
        refused(
            bed,
            &["admin", "brokers", "config", "1"],
            "cannot read the config of broker 1: not authorised for the cluster",
        );
        // Kafka does not even tell that it is there.
        scientist(bed, &["admin", "topics", "list"]).stdout("no topics in profile bed\n").success();
    }
}
