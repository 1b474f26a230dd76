//! Log lines on stderr.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

use crate::settings::LogLevel;

/// Starts logging; a second call changes nothing.
///
/// Where no level was chosen, a script's own messages show from info on, those of kafkaefd and of
/// the Kafka client from warning on.
pub fn start(level: Option<LogLevel>) {
    let (own, script) = match level {
        None => (LevelFilter::WARN, LevelFilter::INFO),
        Some(LogLevel::Error) => (LevelFilter::ERROR, LevelFilter::ERROR),
        Some(LogLevel::Warning) => (LevelFilter::WARN, LevelFilter::WARN),
        Some(LogLevel::Info) => (LevelFilter::INFO, LevelFilter::INFO),
        Some(LogLevel::Debug) => (LevelFilter::DEBUG, LevelFilter::DEBUG),
    };
    let filter = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("kafkaefd", own)
        .with_target("audit", own)
        .with_target("librdkafka", own)
        .with_target("script", script);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(is_coloured())
        .without_time()
        .with_target(false);
    // A library user may have a subscriber of its own: then that one logs.
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).try_init();
}

fn is_coloured() -> bool {
    use std::io::IsTerminal;
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
