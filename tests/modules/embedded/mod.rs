//! Faults on demand, as scripts use them.

mod groups;
mod handle;
mod producing;
mod stopping;

use crate::support::Kafkaefd;

const OWN: &str =
    "started an embedded stack for this run; \"kafkaefd up\" keeps one for other shells\n";

/// A run of `script` on a stack of its own.
fn script(script: &str) -> Kafkaefd {
    Kafkaefd::new().file("a.rhai", script).args(["run", "a.rhai"])
}

/// `script` prints `stdout`, and nobody complains.
fn prints(text: &str, stdout: &str) {
    script(text).stdout(stdout).stderr(OWN).success();
}
