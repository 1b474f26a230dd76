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

    /// What `source` calls it: the option, the variable or the key of the file.
    fn name(self, source: Source) -> &'static str {
        let (flag, variable, key) = match self {
            Field::Broker => ("--broker", "$BROKER", "broker"),
            Field::Registry => ("--registry", "$SCHEMAREGISTRY", "registry"),
            Field::Connect => ("--kafka-connect", "$KAFKA_CONNECT", "connect"),
            Field::Profile => ("--profile", "$KAFKAEFD_PROFILE", "profile"),
            Field::Stack => ("--stack", "$KAFKAEFD_STACK", "stack"),
            Field::Output => ("--output", "$KAFKAEFD_OUTPUT", "output"),
            Field::LogLevel => ("--log-level", "$KAFKAEFD_LOG_LEVEL", "log_level"),
        };
        match source {
            Source::Flag => flag,
            Source::Environment => variable,
            Source::File => key,
        }
    }
}

/// Where a setting is given, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Flag,
    Environment,
    File,
}

impl Source {
    const ALL: [Source; 3] = [Source::Flag, Source::Environment, Source::File];
}

/// What each source gives.
pub(super) struct Sources<'a> {
    pub flags: &'a Given,
    pub environment: &'a Given,
    pub file: &'a Given,
    /// The file's path, for errors.
    pub path: &'a str,
}

impl Sources<'_> {
    /// The strongest value of `field` and the name of its source.
    pub fn first(&self, field: Field) -> Option<(String, String)> {
        let (source, field) = self.strongest(&[field])?;
        Some((self.name(source, field), self.at(source, field)?.clone()))
    }

    fn at(&self, source: Source, field: Field) -> Option<&String> {
        field.of(match source {
            Source::Flag => self.flags,
            Source::Environment => self.environment,
            Source::File => self.file,
        })
    }

    fn name(&self, source: Source, field: Field) -> String {
        match source {
            Source::Flag | Source::Environment => field.name(source).to_owned(),
            Source::File => format!("`{}` in {}", field.name(source), self.path),
        }
    }

    /// The strongest source that gives one of `fields`.
    fn strongest(&self, fields: &[Field]) -> Option<(Source, Field)> {
        let given = |source| fields.iter().find(|f| self.at(source, **f).is_some()).copied();
        Source::ALL.into_iter().find_map(|source| Some((source, given(source)?)))
    }

    /// The profile of the run. An address leaves the embedded stack, unless a stronger source
    /// asks for it; at equal strength the two contradict each other.
    pub fn profile_name(&self, environment: &Environment) -> Result<String, SettingsError> {
        let (real, default) =
            if environment.in_kubernetes() { ("cluster", "cluster") } else { (CUSTOM, "embedded") };
        let server = self.strongest(&Field::ENDPOINTS);
        let Some((source, field)) = self.strongest(&[Field::Profile, Field::Stack]) else {
            return Ok(if server.is_some() { real } else { default }.to_owned());
        };
        let Some(embedded) = self.asks_for_embedded(source)? else {
            return Ok(self.at(source, field).cloned().unwrap_or_default());
        };
        match server {
            Some((stronger, _)) if stronger < source => Ok(real.to_owned()),
            Some((equal, field)) if equal == source => {
                Err(SettingsError::Mixed { first: embedded, second: self.name(equal, field) })
            }
            _ => Ok("embedded".to_owned()),
        }
    }

    /// The words with which `source` asks for the embedded stack, if it does.
    fn asks_for_embedded(&self, source: Source) -> Result<Option<String>, SettingsError> {
        let words = |field, value: &str| format!("{} {value}", self.name(source, field));
        match (self.at(source, Field::Stack), self.at(source, Field::Profile)) {
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
