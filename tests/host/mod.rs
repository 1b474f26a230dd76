//! Tests of `host`.

mod catalog;
mod caught;
mod examples;
mod header;
mod import;
mod limits;
mod place;
mod report;

use kafkaefd::context::{Context, Located};
use kafkaefd::settings::Settings;

/// A run that needs no server.
pub fn context() -> Context {
    let locate = |settings: &Settings| {
        Ok(Located { endpoints: settings.endpoints.clone(), keep: Vec::new() })
    };
    Context::new(Settings::default(), Box::new(locate))
}
