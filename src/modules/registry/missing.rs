//! What was meant where a subject or a version is missing.

use std::time::Duration;

use crate::clients::registry::{Listing, Registry, RegistryError};
use crate::error::{Failure, Kind};
use crate::modules::error::RhaiResultOf;
use crate::nearest::nearest;

/// The registry's codes for a missing subject and a missing version.
const NO_SUBJECT: i64 = 40401;
const NO_VERSION: i64 = 40402;

/// How long the list may take that a remedy is made of.
const PATIENCE: Duration = Duration::from_secs(2);

/// Adds to the error of a missing subject or version what was meant.
pub fn found<T>(
    registry: &Registry,
    subject: &str,
    result: Result<T, RegistryError>,
) -> RhaiResultOf<T> {
    result.map_err(|error| {
        let mut failure = Failure::from(error);
        let quick = registry.within(Some(PATIENCE.min(registry.timeout())));
        match failure.code {
            Some(NO_SUBJECT) => failure.remedy = Some(near_subject(&quick, subject)),
            Some(NO_VERSION) => failure.remedy = versions(&quick, subject),
            _ => {}
        }
        failure.into()
    })
}

/// Nothing where `subject` exists: a registry calls every schema compatible with one that does not.
pub fn existing(registry: &Registry, subject: &str) -> Result<(), Failure> {
    let known = registry.subjects(&Listing::default())?;
    if known.iter().any(|name| name == subject) {
        return Ok(());
    }
    let what = format!(
        "cannot check a schema against subject `{subject}` at {}: no such subject",
        registry.url()
    );
    Err(Failure::new(Kind::NotFound, what).with_remedy(near_subject(registry, subject)))
}

fn near_subject(registry: &Registry, subject: &str) -> String {
    let list =
        |deleted| registry.subjects(&Listing { deleted, ..Listing::default() }).unwrap_or_default();
    let known = list(false);
    match nearest(subject, known.iter().map(String::as_str)) {
        _ if !known.iter().any(|name| name == subject)
            && list(true).iter().any(|name| name == subject) =>
        {
            "it was deleted; register it again, or see: kafkaefd registry list --deleted".to_owned()
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => "list the subjects with: kafkaefd registry list".to_owned(),
    }
}

fn versions(registry: &Registry, subject: &str) -> Option<String> {
    let versions = registry.versions(subject, false).ok()?;
    let words: Vec<String> = versions.iter().map(ToString::to_string).collect();
    match words.as_slice() {
        [] => None,
        [one] => Some(format!("its only version is {one}")),
        [most @ .., last] => Some(format!("its versions are {} and {last}", most.join(", "))),
    }
}
