//! What of a configuration is not shown.

use super::config::Config;

/// What stands in the place of a secret.
pub const MASK: &str = "***";

/// Parts of the names of options whose values are secret.
const SECRET: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "credential",
    "jaas",
    "apikey",
    "api.key",
    "access.key",
    "private.key",
    "user.info",
];

/// Ends of the names of options that only say where a secret is, or what it is for.
const PLAIN: [&str; 6] = [".class", ".location", ".source", ".type", ".url", ".enable"];

/// `config` as it may be shown: secrets are `***`. References to a provider of configurations
/// (`${file:…}`) are no secrets, and of URLs only the password is one.
pub fn masked(config: &Config) -> Config {
    config.iter().map(|(name, value)| (name.clone(), shown(name, value))).collect()
}

/// `value` of the option `name` as it may be shown.
pub fn shown(name: &str, value: &str) -> String {
    let lower = name.to_lowercase().replace(['_', '-'], ".");
    let is_named = SECRET.iter().any(|part| lower.contains(part));
    let is_plain = PLAIN.iter().any(|end| lower.ends_with(end));
    let is_reference = value.starts_with("${") && value.ends_with('}');
    if is_named && !is_plain && !is_reference && !value.is_empty() {
        return MASK.to_owned();
    }
    without_password(value)
}

/// `value` without the password in `scheme://user:password@host` and in `…?password=…`.
fn without_password(value: &str) -> String {
    let mut shown = value.to_owned();
    if let Some((scheme, rest)) = value.split_once("://") {
        let host = rest.find(['/', '?', ' ', ',']).unwrap_or(rest.len());
        let authority = rest.get(..host).unwrap_or_default();
        if let Some((login, _)) = authority.rsplit_once('@')
            && let Some((user, _)) = login.split_once(':')
        {
            let tail = rest.get(login.len()..).unwrap_or_default();
            shown = format!("{scheme}://{user}:{MASK}{tail}");
        }
    }
    // As the URLs of JDBC have it.
    let lower = shown.to_lowercase();
    if let Some(at) = lower.find("password=") {
        let start = at + "password=".len();
        let tail = shown.get(start..).unwrap_or_default();
        let end = tail.find(['&', ';', ' ']).unwrap_or(tail.len());
        shown = format!(
            "{}{MASK}{}",
            shown.get(..start).unwrap_or_default(),
            tail.get(end..).unwrap_or_default()
        );
    }
    shown
}
