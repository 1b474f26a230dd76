//! Flags, environment and file, and which of them wins.

use super::Endpoints;
use super::environment::Environment;
use super::error::SettingsError;
use super::given::Given;

/// The name of a run whose servers are given one by one, by no profile.
pub(super) const CUSTOM: &str = "custom";

/// One setting, wherever it is given.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Broker,
    Registry,
    Connect,
    Profile,
    Stack,
    Output,
    LogLevel,
}

impl Field {
    const ENDPOINTS: [Field; 3] = [Field::Broker, Field::Registry, Field::Connect];

    fn of(self, given: &Given) -> Option<&String> {
        match self {
            Field::Broker => given.broker.as_ref(),
            Field::Registry => given.registry.as_ref(),
            Field::Connect => given.connect.as_ref(),
            Field::Profile => given.profile.as_ref(),
            Field::Stack => given.stack.as_ref(),
            Field::Output => given.output.as_ref(),
            Field::LogLevel => given.log_level.as_ref(),
        }
    }

    /// The option, the variable and the key of the file.
    fn names(self) -> [&'static str; 3] {
        match self {
            Field::Broker => ["--broker", "$BROKER", "broker"],
            Field::Registry => ["--registry", "$SCHEMAREGISTRY", "registry"],
            Field::Connect => ["--kafka-connect", "$KAFKA_CONNECT", "connect"],
            Field::Profile => ["--profile", "$KAFKAEFD_PROFILE", "profile"],
            Field::Stack => ["--stack", "$KAFKAEFD_STACK", "stack"],
            Field::Output => ["--output", "$KAFKAEFD_OUTPUT", "output"],
            Field::LogLevel => ["--log-level", "$KAFKAEFD_LOG_LEVEL", "log_level"],
        }
    }
}

/// Flags, environment and file, the strongest first; and the file's path.
pub(super) struct Sources<'a> {
    given: [&'a Given; 3],
    file: &'a str,
}

impl<'a> Sources<'a> {
    /// The sources `given`; `file` is the path of the last.
    pub fn new(given: [&'a Given; 3], file: &'a str) -> Sources<'a> {
        Sources { given, file }
    }

    /// The strongest value of `field` and the name of its source.
    pub fn first(&self, field: Field) -> Option<(String, String)> {
        let level = (0..3).find(|level| self.at(*level, field).is_some())?;
        Some((self.name(level, field), self.at(level, field)?.clone()))
    }

    fn at(&self, level: usize, field: Field) -> Option<&String> {
        field.of(self.given.get(level)?)
    }

    fn name(&self, level: usize, field: Field) -> String {
        let [flag, variable, key] = field.names();
        match level {
            0 => flag.to_owned(),
            1 => variable.to_owned(),
            _ => format!("`{key}` in {}", self.file),
        }
    }

    /// The strongest source that gives one of `fields`.
    fn level(&self, fields: &[Field]) -> Option<(usize, Field)> {
        let given = |level| fields.iter().find(|f| self.at(level, **f).is_some()).copied();
        (0..3).find_map(|level| Some((level, given(level)?)))
    }

    /// The profile of the run. An address leaves the embedded stack, unless a stronger source
    /// asks for it; at equal strength the two contradict each other.
    pub fn profile_name(&self, environment: &Environment) -> Result<String, SettingsError> {
        let (real, default) =
            if environment.in_kubernetes() { ("cluster", "cluster") } else { (CUSTOM, "embedded") };
        let server = self.level(&Field::ENDPOINTS);
        let Some((level, field)) = self.level(&[Field::Profile, Field::Stack]) else {
            return Ok(if server.is_some() { real } else { default }.to_owned());
        };
        let Some(embedded) = self.asks_for_embedded(level)? else {
            return Ok(self.at(level, field).cloned().unwrap_or_default());
        };
        match server {
            Some((at, _)) if at < level => Ok(real.to_owned()),
            Some((at, field)) if at == level => {
                Err(SettingsError::Mixed { first: embedded, second: self.name(at, field) })
            }
            _ => Ok("embedded".to_owned()),
        }
    }

    /// The words with which the source `level` asks for the embedded stack, if it does.
    fn asks_for_embedded(&self, level: usize) -> Result<Option<String>, SettingsError> {
        let words = |field, value: &str| format!("{} {value}", self.name(level, field));
        match (self.at(level, Field::Stack), self.at(level, Field::Profile)) {
            (Some(stack), Some(profile)) if profile != "embedded" => Err(SettingsError::Mixed {
                first: words(Field::Stack, stack),
                second: words(Field::Profile, profile),
            }),
            (Some(stack), _) => Ok(Some(words(Field::Stack, stack))),
            (None, Some(profile)) if profile == "embedded" => {
                Ok(Some(words(Field::Profile, profile)))
            }
            _ => Ok(None),
        }
    }

    /// The addresses: each from the strongest source that gives it, else from `profile`.
    pub fn endpoints(&self, profile: Endpoints) -> Endpoints {
        if profile.embedded {
            return profile;
        }
        let pick = |field, own: Option<String>| self.first(field).map(|(_, v)| v).or(own);
        Endpoints {
            broker: pick(Field::Broker, profile.broker),
            registry: pick(Field::Registry, profile.registry),
            connect: pick(Field::Connect, profile.connect),
            embedded: false,
        }
    }
}
