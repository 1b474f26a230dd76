//! The servers of one embedded stack, started and stopped together.

use std::path::PathBuf;
use std::sync::Arc;

use crate::settings::Endpoints;

use super::EmbeddedError;
use super::broker::{Broker, BrokerOptions, Control, DEFAULT_LIMIT, Watch};
use super::registry::RegistryServer;
use super::storage::Storage;

/// Where the servers of a stack listen on 127.0.0.1, and what they may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackOptions {
    /// The broker's port; 0 is any free one.
    pub broker_port: u16,
    /// The registry's port; 0 is any free one.
    pub registry_port: u16,
    /// How many bytes of records the broker holds before it refuses producers.
    pub max_memory: usize,
    /// The folder that keeps everything over a restart; none: it is gone with the stack.
    pub data: Option<PathBuf>,
}

impl Default for StackOptions {
    fn default() -> Self {
        StackOptions { broker_port: 0, registry_port: 0, max_memory: DEFAULT_LIMIT, data: None }
    }
}

/// A running stack; dropping it stops its servers and frees their ports.
#[derive(Debug)]
pub struct Stack {
    broker: Broker,
    registry: RegistryServer,
    data: Option<Arc<Storage>>,
}

impl Stack {
    /// Starts the servers on the ports of `options`; a taken port is an error that names it, as is a
    /// folder that cannot keep data.
    pub fn start(options: &StackOptions) -> Result<Stack, EmbeddedError> {
        let &StackOptions { broker_port: port, max_memory, .. } = options;
        let data = options.data.as_deref().map(Storage::open).transpose()?;
        let broker =
            BrokerOptions { port, max_memory, data: data.clone(), ..BrokerOptions::default() };
        Ok(Stack {
            broker: Broker::start_with(broker)?,
            registry: RegistryServer::start_with(options.registry_port, data.clone())?,
            data,
        })
    }

    /// What people should know about the data that was opened: each a line without a full stop.
    pub fn notes(&self) -> Vec<String> {
        self.data.as_ref().map_or_else(Vec::new, |data| data.notes())
    }

    /// A view of what the broker holds and who is there.
    pub fn watch(&self) -> Watch {
        self.broker.watch()
    }

    /// A handle for what goes wrong with the broker.
    pub fn control(&self) -> Control {
        self.broker.control()
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
