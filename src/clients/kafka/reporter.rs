//! What a librdkafka client says besides answers: its log, and why it has no connection.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::client::{ClientContext, OAuthToken};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::KafkaError as Raw;

use super::error::KafkaError;
use super::oauth::Tokens;
use super::reason::Reason;
use super::trust::Trust;
use crate::context::Context;

/// How long a client that never had a connection is given, once every attempt fails: long enough
/// for a broker that is just starting, short enough for a mistyped address.
const PATIENCE: Duration = Duration::from_secs(2);

/// Listens to one librdkafka client: writes its log to `tracing`, keeps the last trouble, so that a
/// timeout can say why, and hands over the token that SASL asks for.
#[derive(Debug, Clone, Default)]
pub struct Reporter {
    state: Arc<Mutex<State>>,
    tokens: Tokens,
    trust: Trust,
}

#[derive(Debug, Default)]
struct State {
    trouble: Option<Trouble>,
    was_well: bool,
}

#[derive(Debug, Clone)]
struct Trouble {
    denied: bool,
    reason: String,
    since: Instant,
}

impl Reporter {
    /// What listens to a client of the run.
    pub fn of(context: &Context) -> Reporter {
        let (tokens, trust) = (Tokens::of(context), Trust::of(context));
        Reporter { tokens, trust, ..Reporter::default() }
    }

    /// Notes that a broker answered.
    pub fn well(&self) {
        let mut state = self.lock();
        state.trouble = None;
        state.was_well = true;
    }

    /// Why there is no connection, as the error of `attempt`; none while nothing failed.
    pub fn trouble(&self, attempt: &str) -> Option<KafkaError> {
        let trouble = self.lock().trouble.clone()?;
        Some(trouble.into_error(attempt))
    }

    /// The same, but only where waiting longer is no use: the handshake was refused, or a client
    /// that never had a connection failed for two seconds.
    pub fn hopeless(&self, attempt: &str) -> Option<KafkaError> {
        let state = self.lock();
        let trouble = state.trouble.clone()?;
        let given_up = !state.was_well && trouble.since.elapsed() >= PATIENCE;
        (trouble.denied || given_up).then(|| trouble.into_error(attempt))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, reason: Reason) {
        let known = self.lock().trouble.clone();
        let since = known.as_ref().map_or_else(Instant::now, |known| known.since);
        // A handshake that was refused says more than the reconnects that follow it.
        if known.as_ref().is_some_and(|known| known.denied) {
            return;
        }
        // Asked without the lock: it may take a while.
        let Reason { denied, text: reason } = self.trust.explain(reason);
        let mut state = self.lock();
        if state.was_well && state.trouble.is_none() {
            tracing::warn!(target: "kafka", "connection lost: {reason}");
        }
        state.trouble = Some(Trouble { denied, reason, since });
    }
}

impl Trouble {
    fn into_error(self, attempt: &str) -> KafkaError {
        let (attempt, reason) = (attempt.to_owned(), self.reason);
        if self.denied {
            KafkaError::Denied { attempt, reason }
        } else {
            KafkaError::Unreachable { attempt, reason }
        }
    }
}

impl ClientContext for Reporter {
    const ENABLE_REFRESH_OAUTH_TOKEN: bool = true;

    fn generate_oauth_token(&self, _: Option<&str>) -> Result<OAuthToken, Box<dyn Error>> {
        self.tokens.next()
    }

    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        // Failures reach people as errors; the log is for those who ask for it.
        tracing::debug!(target: "librdkafka", ?level, "{facility}: {line}");
        if let Some(reason) = Reason::of_log(facility, line) {
            self.note(reason);
        }
    }

    fn error(&self, error: Raw, reason: &str) {
        if let Some(code) = error.rdkafka_error_code() {
            tracing::debug!(target: "librdkafka", %code, "{reason}");
            if let Some(reason) = Reason::of_error(code, reason) {
                self.note(reason);
            }
        }
    }
}

impl ConsumerContext for Reporter {}
