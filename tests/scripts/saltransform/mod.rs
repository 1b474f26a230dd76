//! Tests of `scripts/saltransform`.

mod metrics;
mod registry;
mod run;

use crate::support::{Kafkaefd, Stack};

const XML: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/demo/interfaces");

pub fn init(stack: &Stack) -> Kafkaefd {
    stack.kafkaefd().args(["saltransform", "init", "--subsystem", "Weather", "--xml-dir", XML])
}

pub fn transform(stack: &Stack) -> Kafkaefd {
    stack.kafkaefd().args(["saltransform", "run", "--subsystem", "Weather", "--until-end"]).args([
        "--auto-offset-reset",
        "earliest",
        "--prometheus-port",
        "0",
    ])
}
