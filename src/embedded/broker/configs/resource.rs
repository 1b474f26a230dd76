//! What has settings.

use std::sync::Arc;

use kafka_protocol::ResponseError;

use super::{BROKER, Change, Definition, TOPIC, Values, checked, well_formed};
use crate::embedded::broker::locks::{lock, read};
use crate::embedded::broker::node::{NODE_ID, Node};
use crate::embedded::broker::topics::Topic;
use crate::embedded::broker::topics::names;
use crate::embedded::broker::wire::ItemError;

/// The numbers of a topic and of a broker among the things that have settings.
const TOPIC_TYPE: i8 = 2;
const BROKER_TYPE: i8 = 4;

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
    pub fn find(node: &'a Node, code: i8, name: &str) -> Result<Target<'a>, ItemError> {
        match code {
            TOPIC_TYPE => {
                names::check(name)?;
                let missing =
                    |error| ItemError::new(error, format!("Topic '{name}' does not exist."));
                node.topics.get(name).map(Target::Topic).map_err(missing)
            }
            BROKER_TYPE if name.is_empty() || name == NODE_ID.to_string() => {
                Ok(Target::Broker(node))
            }
            BROKER_TYPE => {
                let message =
                    format!("Unexpected broker id, expected {NODE_ID}, but received {name}");
                Err(ItemError::new(ResponseError::InvalidRequest, message))
            }
            _ => {
                let message = format!("Unsupported resource type {code}");
                Err(ItemError::new(ResponseError::InvalidRequest, message))
            }
        }
    }

    /// The same, to change its settings: topics have none that all share.
    pub fn find_to_change(node: &'a Node, code: i8, name: &str) -> Result<Target<'a>, ItemError> {
        if code == TOPIC_TYPE && name.is_empty() {
            let message = "Default topic resources are not allowed.";
            return Err(ItemError::new(ResponseError::InvalidRequest, message));
        }
        Target::find(node, code, name)
    }

    /// Which kind of thing it is.
    pub fn resource(&self) -> Resource {
        match self {
            Target::Topic(_) => Resource::Topic,
            Target::Broker(_) => Resource::Broker,
        }
    }

    /// A bad value of the broker is a bad request; one of a topic is a bad config.
    fn in_its_words(&self, fault: ItemError) -> ItemError {
        match self {
            Target::Topic(_) => fault,
            Target::Broker(_) => ItemError { error: ResponseError::InvalidRequest, ..fault },
        }
    }

    fn values(&self) -> Values {
        match self {
            Target::Topic(topic) => read(&topic.overrides).clone(),
            Target::Broker(node) => read(&node.settings.changed).clone(),
        }
    }

    /// Makes `changes`, all or none; with `fresh`, what is not in them goes back to its default.
    pub fn change(
        &self,
        node: &Node,
        changes: &[Change],
        fresh: bool,
        validate_only: bool,
    ) -> Result<(), ItemError> {
        well_formed(changes)?;
        // One change after the other, or one of two at once would be lost.
        let _alone = lock(&node.settings.changing);
        let before = if fresh { Values::new() } else { self.values() };
        let current = |name: &str| match self {
            Target::Topic(topic) => node.settings.topic(topic, name),
            Target::Broker(_) => node.settings.broker(name),
        };
        let after = checked(self.resource(), before, changes, current);
        let after = after.map_err(|fault| self.in_its_words(fault))?;
        match self {
            _ if validate_only => Ok(()),
            Target::Topic(topic) => node.topics.configure(topic, after),
            Target::Broker(node) => node.settings.replace(after),
        }
    }
}
