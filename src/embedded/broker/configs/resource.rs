//! What has settings.

use std::sync::{Arc, RwLock};

use kafka_protocol::ResponseError;

use super::{BROKER, Change, Definition, TOPIC, Values, checked};
use crate::embedded::broker::fault::Fault;
use crate::embedded::broker::locks::{read, write};
use crate::embedded::broker::node::{NODE_ID, Node};
use crate::embedded::broker::topics::Topic;

/// A kind of thing that has settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// A topic.
    Topic,
    /// The broker.
    Broker,
}

impl Resource {
    /// The word for it in messages.
    pub fn word(self) -> &'static str {
        match self {
            Resource::Topic => "topic",
            Resource::Broker => "broker",
        }
    }

    /// Its settings.
    pub fn table(self) -> &'static [Definition] {
        match self {
            Resource::Topic => TOPIC,
            Resource::Broker => BROKER,
        }
    }
}

/// A topic or the broker, found by the numbers and names of a request.
pub enum Target<'a> {
    /// A topic.
    Topic(Arc<Topic>),
    /// The broker. A request without a name means all brokers, which is the same one.
    Broker(&'a Node),
}

impl<'a> Target<'a> {
    /// The thing of type `code` called `name`.
    pub fn find(node: &'a Node, code: i8, name: &str) -> Result<Target<'a>, Fault> {
        match code {
            2 => match node.topics.get(name) {
                Ok(topic) => Ok(Target::Topic(topic)),
                Err(error) => Err(Fault::new(error, format!("Topic '{name}' does not exist."))),
            },
            4 if name.is_empty() || name == NODE_ID.to_string() => Ok(Target::Broker(node)),
            4 => {
                let message =
                    format!("Unexpected broker id, expected {NODE_ID}, but received {name}");
                Err(Fault::new(ResponseError::InvalidRequest, message))
            }
            _ => {
                let message = format!("Unsupported resource type {code}");
                Err(Fault::new(ResponseError::InvalidRequest, message))
            }
        }
    }

    /// Which kind of thing it is.
    pub fn resource(&self) -> Resource {
        match self {
            Target::Topic(_) => Resource::Topic,
            Target::Broker(_) => Resource::Broker,
        }
    }

    fn values(&self) -> &RwLock<Values> {
        match self {
            Target::Topic(topic) => &topic.overrides,
            Target::Broker(node) => &node.settings.changed,
        }
    }

    /// Makes `changes`, all or none; with `fresh`, what is not in them goes back to its default.
    pub fn change(
        &self,
        node: &Node,
        changes: &[Change],
        fresh: bool,
        validate_only: bool,
    ) -> Result<(), Fault> {
        let before = if fresh { Values::new() } else { read(self.values()).clone() };
        let current = |name: &str| match self {
            Target::Topic(topic) => node.settings.topic(topic, name),
            Target::Broker(_) => node.settings.broker(name),
        };
        let after = checked(self.resource(), before, changes, current)?;
        if !validate_only {
            *write(self.values()) = after;
        }
        Ok(())
    }
}
