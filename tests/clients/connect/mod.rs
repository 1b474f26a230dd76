//! Tests of `clients::connect` against servers that misbehave.

mod auth;
mod faults;
mod files;
mod rebalance;

use crate::support::Fake;

/// A server without answers yet.
fn fake() -> Fake {
    Fake::of("--kafka-connect")
}
