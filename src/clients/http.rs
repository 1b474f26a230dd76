//! The one place where HTTP clients are configured.

use std::error::Error;
use std::io;
use std::time::Duration;

/// A builder of HTTP clients with what all of them share.
///
/// Waiting for an answer is bounded by the caller; only connecting is bounded here.
pub fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("kafkaefd/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(5))
}

/// Why a request got no answer, in a few words: "connection refused".
pub fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut innermost: &dyn Error = error;
    while let Some(cause) = innermost.source() {
        innermost = cause;
        if let Some(io) = innermost.downcast_ref::<io::Error>()
            && io.raw_os_error().is_some()
        {
            return io.kind().to_string();
        }
    }
    innermost.to_string()
}
