//! A request of HTTP and its answer, asked for again where the server only seems to be busy.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use backon::{ExponentialBuilder, Retryable};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, Response};

use super::http;
use crate::error::Kind;

/// The longest body that is read: far more than any answer of a registry or of Connect.
const BODY_BYTES: usize = 64 << 20;

/// How long before the end of its patience a caller is told what the last answer was.
const MARGIN: Duration = Duration::from_millis(20);

/// What a server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The body, as text.
    pub body: String,
    /// The headers.
    pub headers: HeaderMap,
    /// How long the server wants to be left alone.
    retry_after: Option<Duration>,
}

/// After which failures a request is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// After all that may pass: however often it is sent, it has the effect of one.
    Always,
    /// Only where the server says that it did nothing (429 and 503): a deletion that was carried
    /// out fails the second time.
    Untouched,
    /// After all that may pass but a limit of requests (429): who goes on asking is locked out.
    UnlessLimited,
}

/// Why there is no answer, in words.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Silence {
    /// The server answers, but one side does not trust the other.
    #[error("{0}")]
    Tls(String),
    /// Nobody answers, or not to the end: "connection refused".
    #[error("{0}")]
    Unreachable(String),
}

impl Silence {
    /// Why `error` left a request without an answer.
    pub fn of(error: &reqwest::Error) -> Silence {
        match http::tls_reason(error) {
            Some(reason) => Silence::Tls(reason),
            None => Silence::Unreachable(http::reason(error)),
        }
    }

    /// The kind of error that it is.
    pub fn kind(&self) -> Kind {
        match self {
            Silence::Tls(_) => Kind::Denied,
            Silence::Unreachable(_) => Kind::Unreachable,
        }
    }

    /// Whether the same request may be answered later.
    pub fn may_pass(&self) -> bool {
        matches!(self, Silence::Unreachable(_))
    }
}

/// What one sending came to, if it was not an answer for good.
enum Trouble {
    Busy(Answer),
    Lost(reqwest::Error),
    TooLong,
}

/// Sends `request` and reads the answer, whatever its status.
///
/// Connections that break, 429, 500, 502, 503 and 504 are tried again as far as `repeat` allows,
/// after 0.1 s, 0.2 s and so on with jitter, or after what the server asks for (`Retry-After`, RFC
/// 9110), five times at most and only as long as the next time is within `patience`. The last
/// answer counts. The caller bounds the whole: `context.wait(what, patience, exchange(…))`.
pub async fn exchange(
    request: RequestBuilder,
    repeat: Repeat,
    patience: Duration,
) -> Result<Answer, Silence> {
    let start = Instant::now();
    let backoff =
        ExponentialBuilder::new().with_min_delay(Duration::from_millis(100)).with_max_times(5);
    let last = Mutex::new(None);
    let keep = |trouble: &Trouble| {
        if let Trouble::Busy(answer) = trouble {
            *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer.clone());
        }
    };
    let sending = (async || send(&request).await)
        .retry(backoff.with_jitter())
        .sleep(tokio::time::sleep)
        .when(|trouble| trouble.may_pass(repeat))
        .adjust(|trouble, delay| {
            let delay = trouble.retry_after().or(delay).filter(|_| delay.is_some())?;
            (start.elapsed() + delay < patience).then_some(delay)
        })
        .notify(|trouble, delay| {
            tracing::debug!(?delay, "{}: sent again", trouble.in_words());
            keep(trouble);
        });
    tokio::pin!(sending);
    let sent = tokio::select! {
        biased;
        sent = &mut sending => sent,
        // Just before the caller would only say that time is up.
        () = tokio::time::sleep(patience.saturating_sub(MARGIN)) => {
            let last = last.lock().unwrap_or_else(PoisonError::into_inner).take();
            match last {
                Some(answer) => Ok(answer),
                None => sending.await,
            }
        }
    };
    match sent {
        Ok(answer) | Err(Trouble::Busy(answer)) => Ok(answer),
        Err(Trouble::Lost(error)) => Err(Silence::of(&error)),
        Err(trouble @ Trouble::TooLong) => Err(Silence::Unreachable(trouble.in_words())),
    }
}

async fn send(request: &RequestBuilder) -> Result<Answer, Trouble> {
    // Only a body that is streamed cannot be sent twice, and none is.
    let request = request.try_clone().ok_or(Trouble::TooLong)?;
    let response = request.send().await.map_err(Trouble::Lost)?;
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    let headers = response.headers().clone();
    let answer = Answer { status, body: body(response).await?, headers, retry_after };
    if matches!(status, 429 | 500 | 502 | 503 | 504) {
        Err(Trouble::Busy(answer))
    } else {
        Ok(answer)
    }
}

async fn body(mut response: Response) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Trouble::Lost)? {
        if bytes.len() + chunk.len() > BODY_BYTES {
            return Err(Trouble::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Seconds, or a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(date.duration_since(jiff::Timestamp::now())).unwrap_or_default())
}

impl Trouble {
    fn may_pass(&self, repeat: Repeat) -> bool {
        match self {
            Trouble::Busy(answer) => match repeat {
                Repeat::Always => true,
                Repeat::Untouched => matches!(answer.status, 429 | 503),
                Repeat::UnlessLimited => answer.status != 429,
            },
            Trouble::Lost(error) => repeat != Repeat::Untouched && broke(error),
            Trouble::TooLong => false,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Trouble::Busy(answer) => answer.retry_after,
            _ => None,
        }
    }

    fn in_words(&self) -> String {
        match self {
            Trouble::Busy(answer) => format!("status {}", answer.status),
            Trouble::Lost(error) => http::reason(error),
            Trouble::TooLong => format!("the answer is longer than {} MiB", BODY_BYTES >> 20),
        }
    }
}

/// Whether a connection that stood broke. One that was refused is refused again.
pub(super) fn broke(error: &reqwest::Error) -> bool {
    if error.is_connect() {
        return http::io_kind(error) == Some(io::ErrorKind::ConnectionReset);
    }
    !error.is_timeout() && (error.is_request() || error.is_body() || error.is_decode())
}
