//! Which topics a group reads, and whether they changed.

use std::collections::BTreeMap;

use kafka_protocol::ResponseError;
use regex::Regex;

use super::{Group, Member};
use crate::embedded::broker::topics::Topics;
use crate::embedded::broker::wire::ItemError;

/// A regular expression of which whole names of topics are matched (KIP-848).
#[derive(Debug, Clone)]
pub struct Pattern {
    /// As the member wrote it.
    pub text: String,
    whole: Regex,
}

impl Pattern {
    /// The expression `text`.
    pub fn parse(text: &str) -> Result<Pattern, ItemError> {
        let whole = Regex::new(&format!("^(?:{text})$")).map_err(|error| {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default();
            let message = format!(
                "SubscribedTopicRegex `{text}` is not a valid regular expression: {reason}."
            );
            ItemError::new(ResponseError::InvalidRegularExpression, message)
        })?;
        Ok(Pattern { text: text.to_owned(), whole })
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.text == other.text
    }
}

impl Member {
    /// Whether it is subscribed to the topic called `name`.
    pub(super) fn wants(&self, name: &str) -> bool {
        self.names.contains(name)
            || self.pattern.as_ref().is_some_and(|pattern| pattern.whole.is_match(name))
    }
}

impl Group {
    /// Looks at the topics its members are subscribed to, if any topic or a subscription `changed`
    /// since the last look; whether there is now something else to assign.
    pub(super) fn look_at(&mut self, topics: &Topics, changed: bool) -> bool {
        let now = topics.state();
        if !changed && self.looked_at == Some(now) {
            return false;
        }
        self.looked_at = Some(now);
        let topics = topics.all();
        let wanted = topics.iter().filter(|topic| self.subscribes(&topic.name));
        let found: BTreeMap<_, _> =
            wanted.map(|topic| (topic.id, (topic.name.clone(), topic.count()))).collect();
        let other = found != self.topics;
        self.topics = found;
        other
    }
}
