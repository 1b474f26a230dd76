//! An embedded stack of the test's own.

use kafkaefd::embedded;
use kafkaefd::settings::Endpoints;

use super::Kafkaefd;

/// A broker and a registry on free ports, stopped when the test ends.
pub struct Stack {
    endpoints: Endpoints,
    _servers: embedded::Stack,
}

impl Stack {
    pub fn new() -> Stack {
        let servers = embedded::Stack::start(&embedded::StackOptions::default()).unwrap();
        Stack { endpoints: servers.endpoints(), _servers: servers }
    }

    pub fn broker(&self) -> &str {
        self.endpoints.broker.as_deref().unwrap()
    }

    pub fn registry(&self) -> &str {
        self.endpoints.registry.as_deref().unwrap()
    }

    /// A call of the binary against this stack.
    pub fn kafkaefd(&self) -> Kafkaefd {
        Kafkaefd::new().env("BROKER", self.broker()).env("SCHEMAREGISTRY", self.registry())
    }

    /// A run of `script` against this stack.
    pub fn script(&self, script: &str) -> Kafkaefd {
        self.kafkaefd().file("t.rhai", script).args(["run", "t.rhai"])
    }
}
