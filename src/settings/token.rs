//! The token of SASL OAUTHBEARER.

use super::Secret;
use super::environment::Environment;
use super::error::SettingsError;
use super::value::Value;

/// Where the token comes from. Tokens expire: it is read anew whenever Kafka asks for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    value: Value,
    profile: String,
    environment: Environment,
}

impl Token {
    /// The property that holds it. It is not librdkafka's own.
    pub(super) const PROPERTY: &str = "sasl.oauthbearer.token";

    pub(super) fn new(value: Value, profile: &str, environment: &Environment) -> Token {
        Token { value, profile: profile.to_owned(), environment: environment.clone() }
    }

    /// The token as it is now; the error says which file, variable or command does not give it.
    pub fn read(&self) -> Result<Secret, SettingsError> {
        self.value.read(&self.environment).map_err(|reason| SettingsError::Outside {
            key: format!("`kafka.{}{}`", Token::PROPERTY, self.value.suffix()),
            profile: self.profile.clone(),
            reason,
        })
    }
}
