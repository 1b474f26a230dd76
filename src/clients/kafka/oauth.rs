//! Tokens of SASL OAUTHBEARER (RFC 7628), as librdkafka takes them.

use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rdkafka::client::OAuthToken;
use serde::Deserialize;

use crate::context::Context;
use crate::settings::Token;

/// How long a token is used that does not say when it ends.
const LIFETIME: Duration = Duration::from_secs(300);

/// What the token says of itself (RFC 7519, section 4.1).
#[derive(Deserialize, Default)]
struct Claims {
    sub: Option<String>,
    /// Seconds since 1970, perhaps with a fraction.
    exp: Option<f64>,
}

/// Where the clients of a run get their tokens.
#[derive(Debug, Clone, Default)]
pub struct Tokens(Option<Token>);

impl Tokens {
    /// As the settings of the run say.
    pub fn of(context: &Context) -> Tokens {
        Tokens(context.settings().kafka_token.clone())
    }

    /// The token as it is now, for librdkafka's callback; the error says why there is none.
    pub fn next(&self) -> Result<OAuthToken, Box<dyn Error>> {
        let source = self.0.as_ref().ok_or(
            "no token is configured: set sasl.oauthbearer.token_file or _command in the profile",
        )?;
        Ok(token(source.read()?.expose().to_owned())?)
    }
}

fn token(token: String) -> Result<OAuthToken, &'static str> {
    let claims = claims(&token);
    let end = match claims.exp {
        Some(seconds) => (seconds * 1000.0) as i64,
        None => milliseconds(SystemTime::now() + LIFETIME),
    };
    if end <= milliseconds(SystemTime::now()) {
        return Err("the token has expired: get a new one");
    }
    // The broker takes the name from the token itself; librdkafka wants some text.
    let principal_name = claims.sub.filter(|name| !name.is_empty());
    let principal_name = principal_name.unwrap_or_else(|| "kafkaefd".to_owned());
    Ok(OAuthToken { token, principal_name, lifetime_ms: end })
}

/// The claims of a JSON Web Token; none of a token of another kind, which only the server can read.
fn claims(token: &str) -> Claims {
    let payload = token.split('.').nth(1).and_then(|part| BASE64_URL_SAFE_NO_PAD.decode(part).ok());
    payload.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
}

fn milliseconds(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
