//! Tests of `scripts/registry`.

mod change;
mod each;
mod python;
mod read;
mod trust;
mod unlike;

use kafkaefd::embedded::registry::RegistryServer;

use crate::support::Kafkaefd;

/// What stderr begins and ends with: the message and the remedy, without the place in a script.
pub fn message(output: &std::process::Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let help = text.lines().rfind(|line| line.starts_with("help: ")).unwrap_or("no help");
    format!("{}\n{help}", text.lines().next().unwrap_or_default())
}

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

    /// `kafkaefd registry …` in a folder with `reading.json`; nothing is expected on stderr.
    pub fn run(&self, args: &[&str]) -> Kafkaefd {
        self.refused(args).stderr("")
    }

    /// The same where something is said on stderr.
    pub fn refused(&self, args: &[&str]) -> Kafkaefd {
        Kafkaefd::new()
            .file("reading.json", READING)
            .args(["registry"])
            .args(args)
            .env("SCHEMAREGISTRY", &self.url())
    }
}
