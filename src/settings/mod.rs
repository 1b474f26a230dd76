//! What a run is configured with: flags > environment > `kafkaefd.toml` > profile.

mod endpoints;
mod secret;

pub use endpoints::Endpoints;
pub use secret::Secret;

use std::collections::BTreeMap;

/// The form in which data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Output {
    /// Aligned columns for people.
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// One YAML document.
    Yaml,
}

/// Everything a run is configured with.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The name of the profile: `embedded`, `local`, `cluster` or the user's own.
    pub profile: String,
    /// Addresses that a flag, the environment, a file or the profile gave.
    pub endpoints: Endpoints,
    /// The embedded stack to join, or `default`.
    pub stack: Option<String>,
    /// Properties handed to librdkafka as they are (`security.protocol`, `ssl.ca.location`, …).
    pub kafka: BTreeMap<String, Secret>,
    /// How data is printed.
    pub output: Output,
}
