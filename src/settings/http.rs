//! How an HTTP server is trusted and told who we are.

use std::path::PathBuf;

use super::Secret;

/// TLS and authentication of one HTTP server (Schema Registry, Connect). Paths are PEM files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Http {
    /// The certificate authority that signed the server's certificate; else the system's.
    pub ca: Option<PathBuf>,
    /// Our certificate, for servers that ask for one.
    pub cert: Option<PathBuf>,
    /// The key of `cert`, in PKCS#8.
    pub key: Option<PathBuf>,
    /// The user of HTTP basic authentication.
    pub user: Option<String>,
    /// Its password.
    pub password: Option<Secret>,
    /// A bearer token; it takes the place of user and password.
    pub token: Option<Secret>,
}
