//! A broker and a registry to test against: embedded or real.

use std::hash::{BuildHasher, RandomState};

use kafkaefd::context::{Context, Located};
use kafkaefd::embedded;
use kafkaefd::settings::{Endpoints, Settings};

use super::Kafkaefd;

/// A broker and a registry. Embedded ones are the test's own, on free ports, and stop when it ends;
/// real ones are shared, so a test names what it makes with [`Stack::name`].
pub struct Stack {
    endpoints: Endpoints,
    tag: String,
    /// None where the servers are the bed's.
    servers: Option<embedded::Stack>,
}

impl Stack {
    /// An embedded stack of the test's own.
    pub fn new() -> Stack {
        let servers = embedded::Stack::start(&embedded::StackOptions::default()).unwrap();
        Stack { endpoints: servers.endpoints(), tag: tag(), servers: Some(servers) }
    }

    /// Servers that run already.
    pub fn at(broker: &str, registry: &str, tag: &str) -> Stack {
        let (broker, registry) = (Some(broker.to_owned()), Some(registry.to_owned()));
        let endpoints = Endpoints { broker, registry, ..Endpoints::default() };
        Stack { endpoints, tag: tag.to_owned(), servers: None }
    }

    /// Whether the servers are real ones: for the few words in which they differ.
    pub fn is_real(&self) -> bool {
        self.servers.is_none()
    }

    /// What makes the broker fail; of an embedded stack only.
    pub fn faults(&self) -> embedded::broker::Control {
        self.servers.as_ref().unwrap().control()
    }

    pub fn broker(&self) -> &str {
        self.endpoints.broker.as_deref().unwrap()
    }

    pub fn registry(&self) -> &str {
        self.endpoints.registry.as_deref().unwrap()
    }

    /// A name of this test's own: `base`, a hyphen and six hex digits, the same at each call and of
    /// the same width on every stack, so that whole tables can be compared. Names of one test sort
    /// as their bases do.
    pub fn name(&self, base: &str) -> String {
        format!("{base}-{}", self.tag)
    }

    /// `text` with `######` replaced by the six digits of this test's names: `dome-######` is
    /// `stack.name("dome")`.
    pub fn tagged(&self, text: &str) -> String {
        text.replace("######", &self.tag)
    }

    /// A call of the binary against this stack. In its arguments, files and expected output
    /// `######` stands for the digits of [`Stack::name`], so that tables read as they are printed.
    pub fn kafkaefd(&self) -> Kafkaefd {
        let call = Kafkaefd::new().tagged(&self.tag);
        call.env("BROKER", self.broker()).env("SCHEMAREGISTRY", self.registry())
    }

    /// A run of `script` against this stack.
    pub fn script(&self, script: &str) -> Kafkaefd {
        self.kafkaefd().file("t.rhai", script).args(["run", "t.rhai"])
    }

    /// A run in this process against this stack.
    pub fn context(&self) -> Context {
        let endpoints = self.endpoints.clone();
        let settings = Settings { profile: "test".into(), ..Settings::default() };
        let locate =
            move |_: &Settings| Ok(Located { endpoints: endpoints.clone(), keep: Vec::new() });
        Context::new(settings, Box::new(locate))
    }
}

/// Six hex digits by chance.
pub fn tag() -> String {
    format!("{:06x}", RandomState::new().hash_one(()) & 0x00ff_ffff)
}
