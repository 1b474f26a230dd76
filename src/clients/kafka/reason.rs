//! Why there is no connection: what librdkafka says, in words for its user.

use rdkafka::types::RDKafkaErrorCode as Code;

use super::codes::lower_first;

/// Why a connection failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// One side refused the other: trying again is no use.
    pub denied: bool,
    /// The end of a sentence.
    pub text: String,
}

impl Reason {
    /// What librdkafka reports as an error; none where it says nothing of a connection.
    pub fn of_error(code: Code, said: &str) -> Option<Reason> {
        let denied = match code {
            Code::Authentication | Code::SSL | Code::SaslAuthenticationFailed => true,
            Code::BrokerTransportFailure | Code::Resolve => false,
            _ => return None,
        };
        Some(of_handshake(said).unwrap_or_else(|| Reason { denied, text: tidy(said) }))
    }

    /// What librdkafka only logs: a listener for TLS hangs up on whoever speaks without it.
    pub fn of_log(facility: &str, said: &str) -> Option<Reason> {
        let hangs_up = facility == "FAIL"
            && said.contains("Disconnected")
            && said.contains("in state APIVERSION_QUERY");
        let text = "the broker hangs up at once: it may want TLS (security.protocol)".to_owned();
        hangs_up.then_some(Reason { denied: false, text })
    }
}

/// A handshake of TLS or SASL that went wrong in a way that has a name.
fn of_handshake(said: &str) -> Option<Reason> {
    let text = if said.contains("PLAINTEXT broker listener?") {
        "no TLS is spoken there: it is a plaintext listener, or no broker".to_owned()
    } else if let Some((_, alert)) = said.split_once("SSL routines::") {
        // RFC 8446, section 6: what the other side does not like about us.
        let (alert, _) = alert.split_once(": SSL alert number")?;
        let alert = alert.rsplit_once("alert ").map_or(alert, |(_, alert)| alert);
        format!("the broker wants another certificate of ours (TLS alert: {alert})")
    } else if said.contains("mechanism handshake failed") {
        let (_, offered) = said.split_once("broker's supported mechanisms: ")?;
        let offered = offered.split_once(" (after ").map_or(offered, |(offered, _)| offered).trim();
        if offered.is_empty() {
            "no SASL is spoken there".to_owned()
        } else {
            format!("the broker takes another SASL mechanism: {offered}")
        }
    } else {
        return None;
    };
    Some(Reason { denied: true, text })
}

/// librdkafka's "127.0.0.1:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed: Connection refused
/// (after 0ms in state CONNECT)" without what the reader knows or cannot use.
fn tidy(said: &str) -> String {
    let said = said.split_once(" (after ").map_or(said, |(start, _)| start);
    if let Some((_, why)) = said.split_once("Failed to resolve ") {
        let why = why.replace('\'', "`");
        return format!("the name {}", why.replacen("`:", "` cannot be resolved:", 1));
    }
    if let Some((_, why)) =
        said.split_once("Connect to ").and_then(|(_, rest)| rest.split_once(" failed: "))
    {
        return lower_first(why);
    }
    if said.contains("certificate verify failed") {
        return super::trust::UNTRUSTED.to_owned();
    }
    // "ssl://host:1/bootstrap: SSL handshake failed: …": the address is in the attempt.
    let why = match said.split_once(": ") {
        Some((broker, why)) if broker.contains('/') => why,
        _ => said,
    };
    // "SASL authentication error: Authentication failed: …" says it twice.
    let why = why.strip_prefix("SASL authentication error: ").unwrap_or(why);
    lower_first(why)
}
