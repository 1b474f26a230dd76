//! Filters of lists by name.

use regex::Regex;

use crate::error::{Failure, Kind};

/// Whether a name is wanted: all are where no filter is given, else those that match it from their
/// start. `what` is the plural of what is listed ("topics").
pub fn wanted(what: &str, filter: Option<&str>) -> Result<impl Fn(&str) -> bool, Failure> {
    let anchored = |text: &str| {
        Regex::new(&format!("^(?:{text})")).map_err(|error| {
            // The last line says what is wrong; those before it point into the anchored form.
            let said = error.to_string();
            let why = said.lines().last().unwrap_or_default().trim_start_matches("error: ");
            let what = format!("cannot filter {what}: `{text}` is no regular expression: {why}");
            Failure::new(Kind::Usage, what).with_remedy("write one, for example `lsst[.]sal[.].*`")
        })
    };
    let pattern = filter.map(anchored).transpose()?;
    Ok(move |name: &str| pattern.as_ref().is_none_or(|pattern| pattern.is_match(name)))
}
