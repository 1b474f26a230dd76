//! `--set KEY=VALUE` as `--set KEY VALUE`, for the options of a script that take pairs.

use std::ffi::{OsStr, OsString};

use crate::host::{ArgSpec, Header};

/// `line` with each `KEY=VALUE` that follows an option of pairs in two. The rest stays as it is.
pub fn split(line: impl IntoIterator<Item = OsString>, header: &Header) -> Vec<OsString> {
    let options: Vec<_> = header.args.iter().filter(|spec| spec.values.len() == 2).collect();
    let mut out = Vec::new();
    let mut line = line.into_iter();
    while let Some(argument) = line.next() {
        if argument == *"--" {
            out.push(argument);
            break;
        }
        let Some((option, glued)) = options.iter().find_map(|spec| given(spec, &argument)) else {
            out.push(argument);
            continue;
        };
        let Some(value) = glued.map(OsString::from).or_else(|| line.next()) else {
            out.push(argument);
            continue;
        };
        out.push(option.into());
        match value.to_str().and_then(|text| text.split_once('=')) {
            Some((key, value)) if !key.is_empty() => out.extend([key.into(), value.into()]),
            _ => out.push(value),
        }
    }
    out.extend(line);
    out
}

/// How `argument` names the option, and the value that is glued to it (`--set=…`).
fn given(spec: &ArgSpec, argument: &OsStr) -> Option<(String, Option<String>)> {
    let long = format!("--{}", spec.long());
    let short = spec.short.map(|letter| format!("-{letter}"));
    let text = argument.to_str()?;
    if text == long || Some(text) == short.as_deref() {
        return Some((text.to_owned(), None));
    }
    let value = text.strip_prefix(&long)?.strip_prefix('=')?;
    Some((long, Some(value.to_owned())))
}
