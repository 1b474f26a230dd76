//! What the consumer and the producer of a pipeline have in common: they write librdkafka's log where
//! ours goes, and hand over the tokens that brokers ask for.

use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::KafkaError;

/// Makes a type with `tokens` the context of a librdkafka client.
macro_rules! client_context {
    ($context:ty) => {
        impl rdkafka::client::ClientContext for $context {
            const ENABLE_REFRESH_OAUTH_TOKEN: bool = true;

            fn generate_oauth_token(
                &self,
                _: Option<&str>,
            ) -> Result<rdkafka::client::OAuthToken, Box<dyn std::error::Error>> {
                self.tokens.next()
            }

            fn log(&self, level: rdkafka::config::RDKafkaLogLevel, facility: &str, line: &str) {
                $crate::stream::engine::client::log(level, facility, line);
            }

            fn error(&self, error: rdkafka::error::KafkaError, reason: &str) {
                $crate::stream::engine::client::error(&error, reason);
            }
        }
    };
}

pub(super) use client_context;

/// Sends librdkafka's log lines where ours go.
pub fn log(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Emerg
        | RDKafkaLogLevel::Alert
        | RDKafkaLogLevel::Critical
        | RDKafkaLogLevel::Error
        | RDKafkaLogLevel::Warning => {
            tracing::info!(target: "librdkafka", "{facility}: {message}");
        }
        _ => tracing::debug!(target: "librdkafka", "{facility}: {message}"),
    }
}

/// Sends librdkafka's errors to the log. Who polls or sends gets them too, and decides.
pub fn error(error: &KafkaError, reason: &str) {
    tracing::debug!(target: "librdkafka", %error, "{reason}");
}
