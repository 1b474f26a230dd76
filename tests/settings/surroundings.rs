//! A made-up home, folder and environment to load settings in.

use kafkaefd::error::Failure;
use kafkaefd::settings::{Environment, Given, Settings};
use tempfile::TempDir;

pub struct Surroundings {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

impl Surroundings {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let home = folder.path().join("home").display().to_string();
        Surroundings { folder, variables: vec![("HOME".into(), home)] }
    }

    /// The same with `text` as `kafkaefd.toml` of the current folder.
    pub fn file(self, text: &str) -> Self {
        self.other_file("kafkaefd.toml", text)
    }

    /// The same with `text` in the file `name` below the current folder.
    pub fn other_file(self, name: &str, text: &str) -> Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// The path of `name` in the current folder.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub fn load(&self, given: &Given) -> Result<Settings, Failure> {
        let variables = self.variables.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        let environment = Environment::new(self.folder.path(), variables);
        Ok(Settings::resolve(given, &environment)?)
    }

    /// The settings without any flag.
    pub fn settings(&self) -> Settings {
        self.load(&Given::default()).unwrap()
    }

    /// Message and remedy of the failure, with the current folder written `.`.
    pub fn failure(&self, given: &Given) -> String {
        let failure = self.load(given).unwrap_err();
        let remedy = failure.remedy.map(|remedy| format!("\n{remedy}")).unwrap_or_default();
        let text = format!("{}: {}{remedy}", failure.kind.as_str(), failure.message);
        text.replace(&self.folder.path().display().to_string(), ".")
    }
}

/// Flags, given as pairs of a field and its value.
pub fn flags<const N: usize>(pairs: [(&str, &str); N]) -> Given {
    let mut given = Given::default();
    for (field, value) in pairs {
        let slot = match field {
            "broker" => &mut given.broker,
            "registry" => &mut given.registry,
            "connect" => &mut given.connect,
            "profile" => &mut given.profile,
            "stack" => &mut given.stack,
            "output" => &mut given.output,
            "log_level" => &mut given.log_level,
            _ => panic!("no flag {field}"),
        };
        *slot = Some(value.to_owned());
    }
    given
}
