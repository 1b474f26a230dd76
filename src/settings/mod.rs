//! What a run is configured with: flags > environment > `kafkaefd.toml` > profile.

mod choices;
mod endpoints;
mod environment;
mod error;
mod file;
mod github;
mod given;
mod http;
mod load;
mod precedence;
mod profile;
mod profile_tables;
mod secret;
mod table;
mod token;
mod value;

pub use choices::{LogLevel, Output};
pub use endpoints::{EMBEDDED_CLUSTER_ID, Endpoints};
pub use environment::Environment;
pub use error::SettingsError;
pub use github::Github;
pub use given::Given;
pub use http::Http;
pub use load::Settings;
pub use secret::Secret;
pub use token::Token;
