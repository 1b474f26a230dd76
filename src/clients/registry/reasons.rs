//! Why a schema is incompatible, as registries say it.
//!
//! Confluent's registry writes reasons for programs, `{errorType:'…', description:'…',
//! additionalInfo:'…'}`, and adds what was compared, `{oldSchemaVersion: 3}`, `{oldSchema: '…'}`,
//! `{compatibility: 'FULL'}`; Apicurio's begins with the class of its exception and counts, `num of
//! incompatible diffs: {2}, list of diff types: […]`; others write text. People are told the
//! descriptions.

use serde::{Deserialize, Deserializer};

/// The reasons in the messages of a check.
pub(super) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    let messages = Option::<Vec<String>>::deserialize(from)?;
    Ok(messages.map(|messages| messages.iter().flat_map(|message| reasons(message)).collect()))
}

/// A registry's message without the Java class that Apicurio puts before it,
/// `io.apicurio.registry.rules.RuleViolationException: `.
pub(super) fn without_class(message: &str) -> &str {
    let is_class = |name: &str| {
        let words = |byte: u8| byte.is_ascii_alphanumeric() || b"._$".contains(&byte);
        name.contains('.') && name.bytes().all(words) && name.ends_with("Exception")
    };
    match message.split_once(": ") {
        Some((class, rest)) if is_class(class) && !rest.trim().is_empty() => rest.trim(),
        _ => message,
    }
}

/// The reasons in the long sentence about an incompatible schema.
pub(super) fn conflict(message: &str) -> String {
    if let Some((_, differences)) = message.split_once(", list of diff types: [") {
        return format!("it is incompatible: {}", differences.trim_end_matches(']'));
    }
    let Some((_, details)) = message.split_once("details: [") else { return message.to_owned() };
    let details = details.trim_end_matches(']');
    let level = details.rsplit_once("compatibility: '").and_then(|(_, rest)| rest.split_once('\''));
    let level = level.map(|(level, _)| format!(" at level {level}")).unwrap_or_default();
    let why = match descriptions(details).as_slice() {
        [] => match details.rsplit_once(", {compatibility: '") {
            Some((why, _)) => why.to_owned(),
            None => details.to_owned(),
        },
        descriptions => descriptions.join(", "),
    };
    format!("it is incompatible{level}: {why}")
}

fn reasons(message: &str) -> Vec<String> {
    const NOTES: [&str; 4] =
        ["{oldSchemaVersion: ", "{oldSchema: ", "{validateFields: ", "{compatibility: "];
    match descriptions(message) {
        found if !found.is_empty() => found,
        _ if NOTES.iter().any(|note| message.starts_with(note)) => Vec::new(),
        _ => vec![message.to_owned()],
    }
}

fn descriptions(text: &str) -> Vec<String> {
    let found = text.split("description:'").skip(1);
    found.filter_map(|rest| Some(rest.split_once("', additionalInfo:'")?.0.to_owned())).collect()
}
