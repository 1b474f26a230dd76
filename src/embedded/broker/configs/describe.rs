//! The settings of a topic or the broker, with where each value comes from.

use super::table::STATIC;
use super::{BROKER, Definition, LIVE, Target};
use crate::embedded::broker::locks::read;
use crate::embedded::broker::node::Node;

/// Where a value comes from, with its number in `DescribeConfigs` (KIP-226).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was set for the topic.
    Topic = 1,
    /// It was set for the broker while it ran.
    Broker = 2,
    /// The broker was started with it.
    Static = 4,
    /// Nobody set it.
    Default = 5,
}

/// A setting with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The setting.
    pub definition: &'static Definition,
    /// Its value.
    pub value: String,
    /// Where the value comes from.
    pub source: Source,
    /// Whether it cannot be changed while the broker runs.
    pub read_only: bool,
    /// All values it has, the one that counts first, each with its name and source.
    pub synonyms: Vec<(&'static str, String, Source)>,
}

/// All settings of `target`.
pub fn describe(node: &Node, target: &Target) -> Vec<Row> {
    let row = |definition: &'static Definition| {
        let synonyms = match target {
            Target::Broker(_) => broker(node, definition),
            Target::Topic(topic) => {
                let own = read(&topic.overrides).get(definition.name).cloned();
                let own = own.map(|value| (definition.name, value, Source::Topic));
                own.into_iter().chain(inherited(node, definition)).collect()
            }
        };
        let first = synonyms.first();
        Row {
            definition,
            value: first.map_or(definition.default, |(_, value, _)| value).to_owned(),
            source: first.map_or(Source::Default, |(_, _, source)| *source),
            read_only: matches!(target, Target::Broker(_)) && definition.link != LIVE,
            synonyms,
        }
    };
    target.resource().table().iter().map(row).collect()
}

/// What a topic has where nobody set anything for it.
fn inherited(node: &Node, definition: &Definition) -> Vec<(&'static str, String, Source)> {
    let of_broker = BROKER.iter().find(|row| row.name == definition.link);
    of_broker.map(|row| broker(node, row)).unwrap_or_default()
}

fn broker(node: &Node, definition: &'static Definition) -> Vec<(&'static str, String, Source)> {
    let name = definition.name;
    let changed = read(&node.settings.changed).get(name).cloned();
    let mut all: Vec<_> = changed.map(|value| (name, value, Source::Broker)).into_iter().collect();
    let source = if definition.link == STATIC { Source::Static } else { Source::Default };
    all.push((name, definition.default.to_owned(), source));
    all
}
