//! Why a broker's certificate is not trusted: librdkafka only says that it is not.

use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use openssl::ssl::{HandshakeError, SslConnector, SslMethod};
use openssl::x509::X509VerifyResult;

use super::reason::Reason;
use crate::context::Context;

/// How a reason starts that is worth a second look.
pub const UNTRUSTED: &str = "its certificate is not trusted";
/// How long the second look may take for each of its steps.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a client trusts.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    brokers: String,
    /// A file of authorities; else the system's.
    ca: Option<String>,
}

impl Trust {
    /// As the settings of the run say.
    pub fn of(context: &Context) -> Trust {
        let settings = context.settings();
        let brokers = settings.endpoints.broker.clone().unwrap_or_default();
        let ca = settings.kafka.get("ssl.ca.location").map(|path| path.expose().to_owned());
        Trust { brokers, ca }
    }

    /// `reason`, with what is wrong with the certificate where that is the trouble.
    pub fn explain(&self, reason: Reason) -> Reason {
        if reason.text != UNTRUSTED {
            return reason;
        }
        let first = self.brokers.split(',').next().unwrap_or_default();
        match look(first, self.ca.as_deref()) {
            Some(why) => Reason { text: format!("{UNTRUSTED}: {why}"), ..reason },
            None => reason,
        }
    }
}

/// Shakes hands with `address` once more and reads OpenSSL's verdict.
fn look(address: &str, ca: Option<&str>) -> Option<&'static str> {
    let (host, _) = address.rsplit_once(':')?;
    let host = host.trim_matches(['[', ']']);
    let mut connector = SslConnector::builder(SslMethod::tls_client()).ok()?;
    if let Some(ca) = ca {
        connector.set_ca_file(ca).ok()?;
    }
    let stream = address
        .to_socket_addrs()
        .ok()?
        .find_map(|address| TcpStream::connect_timeout(&address, PATIENCE).ok())?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    match connector.build().connect(host, stream) {
        Err(HandshakeError::Failure(half)) => {
            let verdict = half.ssl().verify_result();
            (verdict != X509VerifyResult::OK).then(|| verdict.error_string())
        }
        _ => None,
    }
}
