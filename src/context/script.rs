//! Which script a run executes, for those who read later what it wrote, and whether its pipelines
//! have begun.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};

use super::Context;
use crate::error::Failure;

/// The script that a run executes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Script {
    /// What messages call it.
    pub name: String,
    /// Its source.
    pub text: String,
    /// What it was called with, by name, secrets masked.
    pub arguments: serde_json::Map<String, serde_json::Value>,
}

struct Begun(AtomicBool);

struct Noted {
    script: Script,
    sha256: String,
}

/// Notes that `context` runs `script`; the first one counts.
pub fn note(context: &Context, script: Script) -> Result<(), Failure> {
    context.resource(|| Ok(Noted { sha256: sum(&script.text), script }))?;
    Ok(())
}

/// The script; none in a run without one.
pub fn noted(context: &Context) -> Option<Script> {
    let noted = found(context)?;
    (!noted.sha256.is_empty()).then(|| noted.script.clone())
}

/// The SHA-256 of the script in hex; none in a run without a script.
pub fn sha256(context: &Context) -> Option<String> {
    Some(found(context)?.sha256.clone()).filter(|sum| !sum.is_empty())
}

/// The SHA-256 of `text` in hex.
pub fn sum(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn found(context: &Context) -> Option<std::sync::Arc<Noted>> {
    context.resource(|| Ok(Noted { script: Script::default(), sha256: String::new() })).ok()
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
