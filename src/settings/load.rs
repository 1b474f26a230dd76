//! How the sources add up to the settings of a run.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::choices::{LogLevel, Output};
use super::environment::Environment;
use super::error::{SettingsError, listed};
use super::file::File;
use super::given::Given;
use super::precedence::{CUSTOM, Field, Sources};
use super::profile::{BUILT_IN, Profile, Resolve};
use super::{Endpoints, Github, Http, Secret, Token};
use crate::error::Failure;
use crate::nearest::nearest;

/// Everything a run is configured with.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The profile: `embedded`, `local`, `cluster`, the user's own, or `custom` where addresses
    /// were given one by one.
    pub profile: String,
    /// Whether the profile's servers are production: writes deserve more care.
    pub production: bool,
    /// Addresses that a flag, the environment, a file or the profile gave.
    pub endpoints: Endpoints,
    /// The embedded stack to join; none for `default`, or an own one where that does not run; `own`
    /// for an own one in any case.
    pub stack: Option<String>,
    /// Properties handed to librdkafka as they are (`security.protocol`, `ssl.ca.location`, …).
    pub kafka: BTreeMap<String, Secret>,
    /// Where the token of SASL OAUTHBEARER comes from.
    pub kafka_token: Option<Token>,
    /// How the Schema Registry is trusted and told who we are.
    pub registry: Http,
    /// How Connect is trusted and told who we are.
    pub connect: Http,
    /// How GitHub is reached.
    pub github: Github,
    /// The user's cache folder; none where there is no home.
    pub cache: Option<PathBuf>,
    /// How data is printed.
    pub output: Output,
    /// How much is logged; none where nothing chose a level.
    pub log_level: Option<LogLevel>,
}

impl Settings {
    /// The settings of this process: the flags `given`, then the environment, then
    /// `kafkaefd.toml`, then the profile.
    ///
    /// Fails on a word that is none of its choices, on a file with a mistake, and where the
    /// embedded stack and a real server are asked for at once.
    pub fn load(given: Given) -> Result<Settings, Failure> {
        Ok(Settings::resolve(&given, &Environment::of_process())?)
    }

    /// The same in the surroundings `environment`.
    pub fn resolve(given: &Given, environment: &Environment) -> Result<Settings, SettingsError> {
        let file = File::find(environment)?;
        let variables = environment.given();
        let sources =
            Sources { flags: given, environment: &variables, file: &file.given, path: &file.path };
        let name = sources.profile_name(environment)?;
        let profile = find_profile(&name, &file, &sources)?;
        let resolve = Resolve { environment, profile: &name };
        let endpoints = sources.endpoints(profile.endpoints);
        let is_real = !endpoints.embedded; // the embedded stack gets no secret of a real server
        let http = |server, values| {
            if is_real { resolve.http(server, values) } else { Ok(Http::default()) }
        };
        let read = |what| sources.first(what);
        Ok(Settings {
            stack: read(Field::Stack).filter(|_| !is_real).map(|(_, name)| name),
            kafka: if is_real { resolve.kafka(&profile.kafka)? } else { [].into() },
            kafka_token: resolve.token(&profile.kafka).filter(|_| is_real),
            registry: http("registry", &profile.registry_http)?,
            connect: http("connect", &profile.connect_http)?,
            github: Github::of(environment),
            cache: environment.cache_folder(),
            production: profile.production,
            output: match read(Field::Output) {
                Some((source, word)) => Output::read(&word, &source)?,
                None => Output::default(),
            },
            log_level: match read(Field::LogLevel) {
                Some((source, word)) => Some(LogLevel::read(&word, &source)?),
                None => None,
            },
            endpoints,
            profile: name,
        })
    }
}

fn find_profile(name: &str, file: &File, sources: &Sources) -> Result<Profile, SettingsError> {
    let own = file.profiles.get(name).cloned();
    match (own, Profile::built_in(name)) {
        (Some(own), Some(base)) => Ok(own.over(base)),
        (Some(profile), None) | (None, Some(profile)) => Ok(profile),
        (None, None) if name == CUSTOM => Ok(Profile::default()),
        (None, None) => {
            let own = file.profiles.keys().map(String::as_str);
            let own = own.filter(|name| !BUILT_IN.contains(name));
            let choices: Vec<&str> = BUILT_IN.into_iter().chain(own).collect();
            Err(SettingsError::Choice {
                what: "profile",
                value: name.to_owned(),
                source_name: sources.first(Field::Profile).map(|(s, _)| s).unwrap_or_default(),
                choices: listed(choices.iter().copied()),
                meant: nearest(name, choices).map(str::to_owned),
            })
        }
    }
}
