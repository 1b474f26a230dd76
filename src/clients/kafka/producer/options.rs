//! How a producer is configured.

use std::collections::BTreeMap;
use std::time::Duration;

use rdkafka::config::ClientConfig;

use crate::clients::kafka::KafkaError;
use crate::clients::kafka::config::{add_script_properties, client_config};
use crate::context::Context;
use crate::error::Failure;

/// Options of a producer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProducerOptions {
    /// Who must have a record before it counts as delivered: `all`, `1` or `0`.
    pub acks: Option<String>,
    /// `none`, `gzip`, `snappy`, `lz4` or `zstd`.
    pub compression: Option<String>,
    /// How long records wait for company in a batch.
    pub linger: Option<Duration>,
    /// The client id that brokers log.
    pub client: Option<String>,
    /// How long a delivery and a flush are awaited.
    pub timeout: Duration,
    /// Further librdkafka properties.
    pub config: BTreeMap<String, String>,
}

impl Default for ProducerOptions {
    fn default() -> Self {
        ProducerOptions {
            acks: None,
            compression: None,
            linger: None,
            client: None,
            timeout: Duration::from_secs(30),
            config: BTreeMap::new(),
        }
    }
}

impl ProducerOptions {
    pub(in crate::clients::kafka) fn to_config(
        &self,
        context: &Context,
    ) -> Result<ClientConfig, Failure> {
        let acks = self.acks.as_deref().unwrap_or("all");
        if !["all", "-1", "1", "0"].contains(&acks) {
            let reason = format!("`acks` is \"all\", 1 or 0, not \"{acks}\"");
            let attempt = "make a producer".to_owned();
            return Err(KafkaError::Options { attempt, reason, remedy: None }.into());
        }
        let mut config = client_config(context)?;
        config
            .set("acks", acks)
            // Idempotence is what keeps retries from writing twice; Kafka has it for acks=all only.
            .set("enable.idempotence", (["all", "-1"].contains(&acks)).to_string())
            .set("message.timeout.ms", "120000")
            // The default of 1 GiB is more than a pod has.
            .set("queue.buffering.max.kbytes", "65536")
            // The same key goes to the same partition as from Java and Python clients.
            .set("partitioner", "murmur2_random");
        if let Some(compression) = &self.compression {
            config.set("compression.type", compression);
        }
        if let Some(linger) = self.linger {
            config.set("linger.ms", (linger.as_secs_f64() * 1000.0).to_string());
        }
        if let Some(client) = &self.client {
            config.set("client.id", client);
        }
        add_script_properties(&mut config, &self.config)?;
        Ok(config)
    }
}
