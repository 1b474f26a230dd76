//! The servers of one embedded stack, started and stopped together.

use crate::settings::Endpoints;

use super::EmbeddedError;
use super::broker::{Broker, BrokerOptions, DEFAULT_LIMIT};
use super::registry::RegistryServer;

/// Where the servers of a stack listen on 127.0.0.1, and what they may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StackOptions {
    /// The broker's port; 0 is any free one.
    pub broker_port: u16,
    /// The registry's port; 0 is any free one.
    pub registry_port: u16,
    /// How many bytes of records the broker holds before it refuses producers.
    pub max_memory: usize,
}

impl Default for StackOptions {
    fn default() -> Self {
        StackOptions { broker_port: 0, registry_port: 0, max_memory: DEFAULT_LIMIT }
    }
}

/// A running stack; dropping it stops its servers and frees their ports.
#[derive(Debug)]
pub struct Stack {
    broker: Broker,
    registry: RegistryServer,
}

impl Stack {
    /// Starts the servers on the ports of `options`; a taken port is an error that names it.
    pub fn start(options: &StackOptions) -> Result<Stack, EmbeddedError> {
        let &StackOptions { broker_port: port, max_memory, .. } = options;
        let broker = BrokerOptions { port, max_memory, ..BrokerOptions::default() };
        Ok(Stack {
            broker: Broker::start_with(broker)?,
            registry: RegistryServer::start(options.registry_port)?,
        })
    }

    /// The addresses at which clients of any process on this machine reach the servers.
    pub fn endpoints(&self) -> Endpoints {
        Endpoints {
            broker: Some(self.broker.bootstrap()),
            registry: Some(self.registry.url()),
            embedded: true,
            ..Endpoints::default()
        }
    }
}
