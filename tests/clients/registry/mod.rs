//! Tests of `clients::registry` against servers that misbehave.

mod auth;
mod cache;
mod faults;
mod patience;
mod reasons;

use crate::support::Fake;

/// A server without answers yet.
fn fake() -> Fake {
    Fake::of("--registry")
}
