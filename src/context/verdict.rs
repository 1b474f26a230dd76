//! What a run did not keep to: it ends with that once it has printed everything.

use std::sync::{Mutex, PoisonError};

use super::Context;
use crate::error::Failure;

#[derive(Default)]
struct Breach(Mutex<Option<Failure>>);

/// Notes that the run of `context` did not keep to what it had to; the first breach counts.
pub fn breach(context: &Context, failure: Failure) {
    with(context, |noted| noted.get_or_insert(failure).message.len());
}

/// What the run did not keep to.
pub fn breached(context: &Context) -> Option<Failure> {
    with(context, |noted| noted.clone()).flatten()
}

fn with<T>(context: &Context, act: impl FnOnce(&mut Option<Failure>) -> T) -> Option<T> {
    let breach = context.resource(|| Ok(Breach::default())).ok()?;
    let mut noted = breach.0.lock().unwrap_or_else(PoisonError::into_inner);
    Some(act(&mut noted))
}
