//! Users that log in with SASL/SCRAM (KIP-554).

use std::time::Duration;

use rdkafka::types::RDKafkaErrorCode as Code;

use super::Admin;
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::sys::{AlterUser, DescribeUsers, MECHANISMS};
use crate::clients::kafka::wait::declined;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;
use crate::nearest::nearest;
use crate::settings::Secret;

/// How often Kafka takes a password to be hashed (`ScramMechanism`, `maxIterations`).
const ITERATIONS: std::ops::RangeInclusive<i32> = 4096..=16384;

/// One thing that a user can log in with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credential {
    /// The name of the user.
    pub user: String,
    /// `SCRAM-SHA-256` or `SCRAM-SHA-512`; none for one that librdkafka does not know.
    pub mechanism: Option<&'static str>,
    /// How often the password is hashed.
    pub iterations: i32,
}

/// A password for a mechanism.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCredential {
    /// `SCRAM-SHA-256` or `SCRAM-SHA-512`.
    pub mechanism: &'static str,
    /// How often it is hashed: 4096 to 16384.
    pub iterations: i32,
    /// The password.
    pub password: Secret,
}

/// Kafka's word for a mechanism, from what a person wrote: `sha-512` is `SCRAM-SHA-512`.
pub fn mechanism(word: &str) -> Result<&'static str, KafkaError> {
    let plain = |text: &str| {
        let text = text.replace(['-', '_'], "").to_uppercase();
        text.trim_start_matches("SCRAM").to_owned()
    };
    let found = MECHANISMS.iter().find(|(known, _)| plain(known) == plain(word));
    found.map(|(known, _)| *known).ok_or_else(|| {
        let known = MECHANISMS.iter().map(|(known, _)| *known);
        KafkaError::Options {
            attempt: "change a user".to_owned(),
            reason: format!("`{word}` is no mechanism of SCRAM"),
            remedy: Some(format!("give one of: {}", known.collect::<Vec<_>>().join(", "))),
        }
    })
}

impl Admin {
    /// What users can log in with, by user and mechanism.
    pub fn users(&self, context: &Context, timeout: Duration) -> Result<Vec<Credential>, Failure> {
        let attempt = format!("list users of {}", self.brokers);
        self.credentials(context, (&attempt, timeout))
    }

    /// Gives the user `name`, who is made if there is none, a password for a mechanism; what the
    /// user had for it is replaced.
    pub fn set_user(
        &self,
        context: &Context,
        name: &str,
        credential: &NewCredential,
        timeout: Duration,
    ) -> Result<(), Failure> {
        let NewCredential { mechanism, iterations, password } = credential;
        let attempt = format!("set the {mechanism} password of user `{name}`");
        let wrong = if !ITERATIONS.contains(iterations) {
            let (first, last) = (ITERATIONS.start(), ITERATIONS.end());
            Some((format!("{iterations} iterations"), format!("give {first} to {last}")))
        } else if password.expose().is_empty() {
            Some(("the password is empty".to_owned(), "give one".to_owned()))
        } else {
            None
        };
        if let Some((reason, remedy)) = wrong {
            return Err(KafkaError::Options { attempt, reason, remedy: Some(remedy) }.into());
        }
        authorize(context, &Action::SetUser(name.to_owned()))?;
        let password = Some((password.clone(), *iterations));
        let asked = AlterUser { name: name.to_owned(), mechanism, password };
        Ok(self.probe()?.request_one(context, (&attempt, timeout), asked)?)
    }

    /// Takes the password for `mechanism` away from the user `name`.
    pub fn delete_user(
        &self,
        context: &Context,
        (name, mechanism): (&str, &'static str),
        timeout: Duration,
    ) -> Result<(), Failure> {
        authorize(context, &Action::DeleteUser(name.to_owned()))?;
        let attempt = format!("delete the {mechanism} password of user `{name}`");
        let asked = AlterUser { name: name.to_owned(), mechanism, password: None };
        match self.probe()?.request_one(context, (&attempt, timeout), asked) {
            Err(KafkaError::Refused { code: Code::ResourceNotFound, .. }) => {
                let known = self.credentials(context, (&attempt, timeout))?;
                Err(missing(attempt, name, &known).into())
            }
            other => Ok(other?),
        }
    }

    fn credentials(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Vec<Credential>, Failure> {
        let answer = self.probe()?.request_one(context, (attempt, timeout), DescribeUsers)?;
        let mut all = Vec::new();
        for (user, credentials) in answer {
            let credentials = credentials.map_err(|refusal| declined(attempt, refusal))?;
            all.extend(credentials.into_iter().map(|(mechanism, iterations)| Credential {
                user: user.clone(),
                mechanism,
                iterations,
            }));
        }
        all.sort();
        Ok(all)
    }
}

/// The error of `attempt` at a user who has no password for the mechanism.
fn missing(attempt: String, name: &str, known: &[Credential]) -> KafkaError {
    let others = known.iter().filter(|credential| credential.user == name);
    let others: Vec<_> = others.filter_map(|credential| credential.mechanism).collect();
    if !others.is_empty() {
        let reason = format!("the user has one for {} only", others.join(", "));
        return KafkaError::Missing { attempt, reason, remedy: None };
    }
    let reason = "there is no such user".to_owned();
    let remedy = match nearest(name, known.iter().map(|credential| credential.user.as_str())) {
        Some(similar) => format!("did you mean `{similar}`?"),
        None => "list the users with: kafkaefd admin users list".to_owned(),
    };
    KafkaError::Missing { attempt, reason, remedy: Some(remedy) }
}
