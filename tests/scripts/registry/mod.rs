//! Tests of `scripts/registry`.

mod change;
mod read;

use kafkaefd::embedded::registry::RegistryServer;

use crate::support::Kafkaefd;

pub const READING: &str = r#"{"type": "record", "name": "org.Reading", "fields": [
    {"name": "temp", "type": "float", "units": "deg_C"}]}"#;

/// A registry, and commands that talk to it.
pub struct Bed(RegistryServer);

impl Bed {
    /// A registry that holds `READING` under the subject `reading`.
    pub fn new() -> Bed {
        let bed = Bed(RegistryServer::start(0).unwrap());
        bed.run(&["upload", "reading", "reading.json"]).stdout("1\n").success();
        bed
    }

    pub fn url(&self) -> String {
        self.0.url()
    }

    /// `kafkaefd registry …` in a folder with `reading.json`.
    pub fn run(&self, args: &[&str]) -> Kafkaefd {
        Kafkaefd::new()
            .file("reading.json", READING)
            .args(["registry"])
            .args(args)
            .env("SCHEMAREGISTRY", &self.url())
            .stderr("")
    }
}
