//! The servers of one embedded stack, started and stopped together.

use crate::settings::Endpoints;

use super::EmbeddedError;
use super::broker::Broker;
use super::registry::RegistryServer;

/// Where the servers of a stack listen on 127.0.0.1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StackOptions {
    /// The broker's port; 0 is any free one.
    pub broker_port: u16,
    /// The registry's port; 0 is any free one.
    pub registry_port: u16,
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
        Ok(Stack {
            broker: Broker::start(options.broker_port)?,
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
