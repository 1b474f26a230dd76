//! Filters of lists by name.

use regex::Regex;

use crate::error::{Failure, Kind};

/// Whether a name is wanted: all are where no filter is given, else those that match it from their
/// start. `what` is the plural of what is listed ("topics").
pub fn wanted(what: &str, filter: Option<&str>) -> Result<impl Fn(&str) -> bool, Failure> {
    let pattern = match filter {
        None => None,
        // Matched from the start of the name, as the command line does.
        Some(text) => Some(Regex::new(&format!("^(?:{text})")).map_err(|_| {
            Failure::new(Kind::Usage, format!("cannot filter {what}: `{text}` is no pattern"))
                .with_remedy("write a regular expression, for example `lsst[.]sal[.].*`")
        })?),
    };
    Ok(move |name: &str| pattern.as_ref().is_none_or(|pattern| pattern.is_match(name)))
}
