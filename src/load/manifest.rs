//! The experiment as a file: what ran, on what, with what, and what it measured.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use super::{LoadError, Outcome};
use crate::clients::kafka::librdkafka_version;
use crate::context::{Context, script, sources};
use crate::formats::clock;

/// The form of the file that this version writes.
const FORMAT: &str = "kafkaefd-run-1";

/// A run with all that is needed to understand it, and to do it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the file: `kafkaefd-run-1`.
    pub format: String,
    /// When it was written, in milliseconds since 1970 (UTC).
    pub written: i64,
    /// Versions of the programs, by name.
    pub versions: BTreeMap<String, String>,
    /// The script; none for a session.
    pub script: Option<ScriptText>,
    /// What the script was called with; secrets are `***`.
    pub arguments: Map<String, Value>,
    /// The SHA-256 of each imported script, by its name.
    pub imports: BTreeMap<String, String>,
    /// Where it ran.
    pub servers: Servers,
    /// What it measured.
    pub outcome: Outcome,
}

/// The source of a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptText {
    /// What messages call it.
    pub name: String,
    /// The SHA-256 of the text in hex.
    pub sha256: String,
    /// The text.
    pub text: String,
}

/// Where a run ran, without secrets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Servers {
    /// The profile.
    pub profile: String,
    /// Kafka's bootstrap servers.
    pub broker: Option<String>,
    /// The registry, without user and password.
    pub registry: Option<String>,
    /// Whether they were kafkaefd's own.
    pub embedded: bool,
    /// The librdkafka properties of the profile, without their values.
    pub properties: Vec<String>,
}

impl Manifest {
    /// The manifest of `outcome`, which the run `context` measured.
    pub fn new(context: &Context, mut outcome: Outcome) -> Manifest {
        let noted = script::noted(context);
        // Merged outcomes tell by it whether the same script measured them.
        if let (true, Some(sha256)) = (outcome.parts.is_empty(), script::sha256(context)) {
            outcome.parameters.insert("script".to_owned(), sha256.into());
        }
        let arguments = noted.as_ref().map(|noted| noted.arguments.clone()).unwrap_or_default();
        let source = noted.map(|noted| ScriptText {
            name: noted.name,
            sha256: script::sum(&noted.text),
            text: noted.text,
        });
        let imports = sources::imports(context);
        let versions = [
            ("kafkaefd".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
            ("librdkafka".to_owned(), librdkafka_version()),
        ];
        Manifest {
            format: FORMAT.to_owned(),
            written: clock::now(),
            versions: versions.into(),
            script: source,
            arguments,
            imports: imports.iter().map(|(name, text)| (name.clone(), script::sum(text))).collect(),
            servers: Servers::of(context),
            outcome,
        }
    }

    /// Writes it to the file at `path`.
    pub fn write(&self, path: &Path) -> Result<(), LoadError> {
        let failed = |why: String| LoadError::Manifest {
            attempt: "write".to_owned(),
            path: path.display().to_string(),
            why,
        };
        let mut text = serde_json::to_string_pretty(self).map_err(|e| failed(e.to_string()))?;
        text.push('\n');
        std::fs::write(path, text).map_err(|error| failed(error.to_string()))
    }

    /// Reads the file at `path`.
    pub fn read(path: &Path) -> Result<Manifest, LoadError> {
        let failed = |why: String| LoadError::Manifest {
            attempt: "read".to_owned(),
            path: path.display().to_string(),
            why,
        };
        let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| failed(format!("it is not JSON: {error}")))?;
        match value.get("format").and_then(Value::as_str) {
            Some(FORMAT) => {}
            Some(other) => {
                return Err(failed(format!("it has the form `{other}`, not `{FORMAT}`")));
            }
            None => return Err(failed("it is no manifest of a run".to_owned())),
        }
        serde_path_to_error::deserialize(value)
            .map_err(|error| failed(format!("`{}`: {}", error.path(), error.inner())))
    }
}

impl Servers {
    fn of(context: &Context) -> Servers {
        let settings = context.settings();
        // A run that asked for no server starts none for this.
        let endpoints = if context.is_located() { context.endpoints().ok() } else { None };
        let endpoints = endpoints.unwrap_or(&settings.endpoints);
        Servers {
            profile: settings.profile.clone(),
            broker: endpoints.broker.clone(),
            registry: endpoints.registry.as_deref().map(bare),
            embedded: endpoints.embedded,
            properties: settings.kafka.keys().cloned().collect(),
        }
    }
}

/// The address without user and password.
fn bare(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    if url.username().is_empty() && url.password().is_none() {
        return address.to_owned();
    }
    // Fails for addresses that cannot have either.
    let _ = (url.set_username(""), url.set_password(None));
    url.into()
}
