//! The addresses of the servers a run talks to.

use crate::error::{Failure, Kind};

/// The id of a cluster that is kafkaefd's own, so that clients can tell it from a real one.
pub const EMBEDDED_CLUSTER_ID: &str = "kafkaefd-embedded-cluster";

/// Addresses of the servers; an absent one is an error at its first use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// `host:port[,host:port]` of Kafka.
    pub broker: Option<String>,
    /// URL of the Schema Registry, with its path prefix if it has one.
    pub registry: Option<String>,
    /// URL of Kafka Connect.
    pub connect: Option<String>,
    /// Whether these are the embedded stack.
    pub embedded: bool,
}

impl Endpoints {
    /// Kafka's bootstrap servers.
    pub fn broker(&self) -> Result<&str, Failure> {
        require(self.broker.as_deref(), "Kafka", "--broker or $BROKER")
    }

    /// The registry's URL.
    pub fn registry(&self) -> Result<&str, Failure> {
        require(self.registry.as_deref(), "Schema Registry", "--registry or $SCHEMAREGISTRY")
    }

    /// Connect's URL.
    pub fn connect(&self) -> Result<&str, Failure> {
        require(self.connect.as_deref(), "Kafka Connect", "--kafka-connect or $KAFKA_CONNECT")
    }
}

fn require<'a>(address: Option<&'a str>, server: &str, flags: &str) -> Result<&'a str, Failure> {
    address.ok_or_else(|| {
        Failure::new(Kind::Usage, format!("cannot reach the {server}: no address is configured"))
            .with_remedy(format!(
                "give {flags}; other servers were given, so the embedded one is not used"
            ))
    })
}
