//! The words of a command line, found before anything is parsed: they decide what parses it.

use std::ffi::OsString;

use super::globals::VALUED;

/// The words before the first option that is not a global one.
pub fn words(args: &[OsString]) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = args.iter().skip(1);
    while let Some(arg) = rest.next() {
        let arg = arg.to_string_lossy();
        match arg.strip_prefix("--") {
            Some("") => break,
            Some(name) if VALUED.contains(&name) => {
                rest.next();
            }
            Some(name) if VALUED.iter().any(|valued| is_set(name, valued)) => {}
            Some(_) => break,
            None if arg.starts_with('-') && arg.len() > 1 => break,
            None => words.push(arg.into_owned()),
        }
    }
    words
}

/// Whether `argument` is `name=VALUE`.
fn is_set(argument: &str, name: &str) -> bool {
    argument.strip_prefix(name).is_some_and(|rest| rest.starts_with('='))
}
