//! The one place where HTTP clients are configured: trust, credentials, proxies.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, InvalidHeaderValue};
use reqwest::{Certificate, Client, Identity};
use url::{Host, Url};

use super::tls;
use crate::error::Kind;
use crate::settings::Http;

/// Why an HTTP client cannot be made of its settings.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// A file with a certificate or a key cannot be read.
    #[error("cannot read `{}`: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// A file is no certificate or key.
    #[error("`{}` is no certificate or key in PEM", .0.display())]
    Pem(PathBuf),
    /// One of the two is missing.
    #[error("a client certificate needs both `cert` and `key`")]
    Half,
    /// The token has characters that no header may have.
    #[error("the token has characters that a header cannot carry")]
    Token(#[from] InvalidHeaderValue),
    /// Anything else.
    #[error("{}", reason(.0))]
    Client(#[from] reqwest::Error),
}

/// A client for the server at `url`, which is trusted and told who we are as `settings` say.
///
/// Waiting for an answer is bounded by the caller; only connecting is bounded here, by 5 s.
pub fn client(url: &Url, settings: &Http) -> Result<Client, HttpError> {
    let mut builder = Client::builder()
        .user_agent(concat!("kafkaefd/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(5))
        // A redirection must not leave what is encrypted.
        .https_only(url.scheme() == "https")
        .default_headers(credentials(settings)?);
    if let Some(path) = &settings.ca {
        let bundle = Certificate::from_pem_bundle(&read(path)?);
        let bundle = bundle.ok().filter(|bundle| !bundle.is_empty());
        // Who names an authority trusts it and no other.
        builder = builder.tls_certs_only(bundle.ok_or_else(|| HttpError::Pem(path.clone()))?);
    } else if url.scheme() == "http" {
        // Reading the system's certificates takes longer than the requests of most scripts.
        builder = builder.tls_certs_only([]);
    }
    if is_loopback(url) {
        // A proxy of the environment cannot reach this machine's own servers.
        builder = builder.no_proxy();
    }
    match (&settings.cert, &settings.key) {
        (None, None) => {}
        (Some(cert), Some(key)) => {
            let identity = Identity::from_pkcs8_pem(&read(cert)?, &read(key)?);
            builder = builder.identity(identity.map_err(|_| HttpError::Pem(cert.clone()))?);
        }
        _ => return Err(HttpError::Half),
    }
    Ok(builder.build()?)
}

/// The header of a bearer token; user and password travel with each request, see [`authorise`].
fn credentials(settings: &Http) -> Result<HeaderMap, HttpError> {
    let mut headers = HeaderMap::new();
    if let Some(token) = &settings.token {
        let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose()))?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
    }
    Ok(headers)
}

/// The kind of error that an answer with `status` is (RFC 9110).
pub fn kind(status: u16) -> Kind {
    match status {
        401 | 403 => Kind::Denied,
        404 => Kind::NotFound,
        409 => Kind::Conflict,
        400 | 422 => Kind::Invalid,
        408 | 504 => Kind::Timeout,
        502 | 503 => Kind::Unreachable,
        _ => Kind::Failed,
    }
}

/// Adds user and password to `request`, unless a token takes their place.
pub fn authorise(request: reqwest::RequestBuilder, settings: &Http) -> reqwest::RequestBuilder {
    match (&settings.token, &settings.user) {
        (None, Some(user)) => request
            .basic_auth(user, settings.password.as_ref().map(crate::settings::Secret::expose)),
        _ => request,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn read(path: &Path) -> Result<Vec<u8>, HttpError> {
    fs::read(path).map_err(|reason| HttpError::File { path: path.to_owned(), reason })
}

/// Why TLS, as far as it is what failed: whom to trust, or who we are.
pub fn tls_reason(error: &reqwest::Error) -> Option<String> {
    tls::reason(error)
}

/// Why a request got no answer, in a few words: "connection refused".
pub fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    if let Some(kind) = io_kind(error) {
        return kind.to_string();
    }
    let mut innermost: &dyn Error = error;
    while let Some(cause) = innermost.source() {
        innermost = cause;
    }
    match innermost.to_string() {
        // The words of the HTTP library.
        said if said.starts_with("connection closed before message") => {
            "the connection was closed before the answer".to_owned()
        }
        // The first address is checked by the caller.
        said if said == "URL scheme is not allowed" => {
            "the server redirects from https to http".to_owned()
        }
        said => said,
    }
}

/// What the system said of the connection, as far as it is what failed.
pub(super) fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<io::Error>()
            && io.raw_os_error().is_some()
        {
            return Some(io.kind());
        }
        cause = inner.source();
    }
    None
}
