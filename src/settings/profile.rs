//! Profiles: a named set of servers, with what they ask of a client.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::environment::Environment;
use super::error::SettingsError;
use super::value::Value;
use super::{Endpoints, Http, Secret, Token};

/// The names every installation has.
pub(super) const BUILT_IN: [&str; 3] = ["embedded", "local", "cluster"];

/// A profile of `kafkaefd.toml`, or a built-in one.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    pub endpoints: Endpoints,
    pub production: bool,
    pub kafka: BTreeMap<String, Value>,
    pub registry_http: BTreeMap<String, Value>,
    pub connect_http: BTreeMap<String, Value>,
}

impl Profile {
    /// The built-in profile `name`; nothing for a name it does not know.
    pub fn built_in(name: &str) -> Option<Profile> {
        let at = |broker: &str, registry: &str, connect: &str| Endpoints {
            broker: Some(broker.to_owned()),
            registry: Some(registry.to_owned()),
            connect: Some(connect.to_owned()),
            embedded: false,
        };
        let endpoints = match name {
            "embedded" => Endpoints { embedded: true, ..Endpoints::default() },
            "local" => at("localhost:9092", "http://localhost:8081", "http://localhost:8083"),
            // The names of the Confluent Helm chart, as the predecessor's pods used them.
            "cluster" => at(
                "confluent-kafka-cp-kafka-headless:9092",
                "http://confluent-kafka-cp-schema-registry:8081",
                "http://confluent-kafka-cp-kafka-connect:8083",
            ),
            _ => return None,
        };
        Some(Profile { endpoints, ..Profile::default() })
    }

    /// The same profile, with addresses it leaves out taken from `base`.
    pub fn over(mut self, base: Profile) -> Profile {
        let own = &mut self.endpoints;
        own.broker = own.broker.take().or(base.endpoints.broker);
        own.registry = own.registry.take().or(base.endpoints.registry);
        own.connect = own.connect.take().or(base.endpoints.connect);
        self
    }
}

/// Reads what stands outside the file, for the profile that is used and no other.
pub(super) struct Resolve<'a> {
    pub environment: &'a Environment,
    pub profile: &'a str,
}

impl Resolve<'_> {
    /// librdkafka's properties; `$KAFKAEFD_SASL_USERNAME` and `…_PASSWORD` win over the file.
    pub fn kafka(
        &self,
        values: &BTreeMap<String, Value>,
    ) -> Result<BTreeMap<String, Secret>, SettingsError> {
        let mut properties = BTreeMap::new();
        for (key, value) in values.iter().filter(|(key, _)| *key != Token::PROPERTY) {
            properties.insert(key.clone(), self.value("kafka", key, value)?);
        }
        for property in ["sasl.username", "sasl.password"] {
            let name = format!("KAFKAEFD_{}", property.replace('.', "_").to_uppercase());
            if let Some(value) = self.environment.variable(&name) {
                properties.insert(property.to_owned(), Secret::new(value));
            }
        }
        Ok(properties)
    }

    /// Where the token of OAUTHBEARER comes from, if there is one.
    pub fn token(&self, values: &BTreeMap<String, Value>) -> Option<Token> {
        let value = values.get(Token::PROPERTY)?;
        Some(Token::new(value.clone(), self.profile, self.environment))
    }

    /// TLS and authentication of `server` (`registry` or `connect`); `$KAFKAEFD_REGISTRY_USER`,
    /// `…_PASSWORD` and `…_TOKEN` (or `…_CONNECT_…`) win over the file.
    pub fn http(
        &self,
        server: &str,
        values: &BTreeMap<String, Value>,
    ) -> Result<Http, SettingsError> {
        let read = |key: &str| -> Result<Option<Secret>, SettingsError> {
            let name = format!("KAFKAEFD_{}_{}", server.to_uppercase(), key.to_uppercase());
            match (self.environment.variable(&name), values.get(key)) {
                (Some(value), _) if ["user", "password", "token"].contains(&key) => {
                    Ok(Some(Secret::new(value)))
                }
                (_, Some(value)) => self.value(&format!("{server}_http"), key, value).map(Some),
                _ => Ok(None),
            }
        };
        let path = |key| read(key).map(|path| path.map(|path| PathBuf::from(path.expose())));
        Ok(Http {
            ca: path("ca")?,
            cert: path("cert")?,
            key: path("key")?,
            user: read("user")?.map(|user| user.expose().to_owned()),
            password: read("password")?,
            token: read("token")?,
        })
    }

    fn value(&self, table: &str, key: &str, value: &Value) -> Result<Secret, SettingsError> {
        value.read(self.environment).map_err(|reason| SettingsError::Outside {
            key: format!("`{table}.{key}{}`", value.suffix()),
            profile: self.profile.to_owned(),
            reason,
        })
    }
}
