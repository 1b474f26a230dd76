//! Tests of `scripts/saltransform`.

mod init;
mod layouts;
mod metrics;
mod registry;
mod run;
mod schemas;
mod site;

use crate::support::{Kafkaefd, Stack};

const XML: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/demo/interfaces");

pub fn init(stack: &Stack) -> Kafkaefd {
    stack.kafkaefd().args(["saltransform", "init", "--subsystem", "Weather", "--xml-dir", XML])
}

pub fn transform(stack: &Stack) -> Kafkaefd {
    stack.kafkaefd().args(["saltransform", "run", "--subsystem", "Weather", "--once"]).args([
        "--auto-offset-reset",
        "earliest",
        "--prometheus-port",
        "0",
    ])
}
