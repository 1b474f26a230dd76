//! `produce`: values, lines and envelopes into records.

mod clients;
mod records;
mod refusals;

use crate::support::{Kafkaefd, Stack};

/// The topic `t-######`, and the schema of its values.
const TOPIC: &str = "kafka::create_topic(\"t-######\", #{ partitions: 2 });";
const SCHEMA: &str = r#"{"type":"record","name":"temps","fields":[
    {"name":"temp","type":"double"},
    {"name":"n","type":["null","long"],"default":null},
    {"name":"raw","type":"bytes","default":""}]}"#;

fn produce(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args(["produce", "t-######"]).args(args)
}

/// What `consume` prints of the topic's partition 0.
fn reads(stack: &Stack, args: &[&str], stdout: &str) {
    let read = stack.kafkaefd().args(["consume", "t-######", "-p", "0", "--to", "end"]);
    read.args(args).stdout(stdout).stderr("").success();
}
