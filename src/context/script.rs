//! Which script a run executes, for those who read later what it wrote, and whether its pipelines
//! have begun.

use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};

use super::Context;
use crate::error::Failure;

struct Sum(String);

struct Begun(AtomicBool);

/// Notes that `context` runs the script `text`; the first one counts.
pub fn note(context: &Context, text: &str) -> Result<(), Failure> {
    let hex = |byte: &u8| format!("{byte:02x}");
    context.resource(|| Ok(Sum(Sha256::digest(text).iter().map(hex).collect())))?;
    Ok(())
}

/// The SHA-256 of the script in hex; none in a run without a script.
pub fn sha256(context: &Context) -> Option<String> {
    let sum = context.resource(|| Ok(Sum(String::new()))).ok()?;
    Some(sum.0.clone()).filter(|sum| !sum.is_empty())
}

/// Notes that a pipeline of the run begins.
pub fn begin_pipeline(context: &Context) -> Result<(), Failure> {
    let begun = context.resource(|| Ok(Begun(AtomicBool::new(false))))?;
    begun.0.store(true, Ordering::Relaxed);
    Ok(())
}

/// Whether a pipeline of the run has begun.
pub fn has_pipelines(context: &Context) -> bool {
    let begun = context.resource(|| Ok(Begun(AtomicBool::new(false))));
    begun.is_ok_and(|begun| begun.0.load(Ordering::Relaxed))
}
