//! The consumer groups of a cluster.

use crate::clients::kafka::admin::Admin;
use crate::clients::kafka::{KafkaError, sys};
use crate::context::Context;
use crate::error::Failure;
use crate::nearest::nearest;
use std::time::Duration;

/// A consumer group in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedGroup {
    /// Its name.
    pub name: String,
    /// Kafka's word for what it is doing: `Stable`, `Empty`, …; none where the broker does not tell.
    pub state: Option<&'static str>,
    /// `classic` or `consumer` (KIP-848); none where the broker does not tell.
    pub kind: Option<&'static str>,
}

impl ListedGroup {
    /// Whether it has no members, as far as that is known.
    pub fn idle(&self) -> bool {
        matches!(self.state, Some("Empty" | "Dead"))
    }
}

impl From<sys::Listing> for ListedGroup {
    fn from(group: sys::Listing) -> ListedGroup {
        ListedGroup { name: group.name, state: group.state, kind: group.kind }
    }
}

impl Admin {
    /// All consumer groups by name.
    pub fn groups(
        &self,
        context: &Context,
        timeout: Duration,
    ) -> Result<Vec<ListedGroup>, Failure> {
        let attempt = format!("list groups of {}", self.brokers);
        self.groups_for(context, (&attempt, timeout))
    }

    /// All consumer groups for the sake of `attempt`, which an error names.
    ///
    /// Each change of a group asks this first: librdkafka must not be sent to the coordinator of a
    /// group on a connection that never worked.
    pub(super) fn groups_for(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Vec<ListedGroup>, Failure> {
        let found = self.ask_coordinator(context, sys::ListGroups, (attempt, timeout))?;
        let mut groups: Vec<ListedGroup> = found.into_iter().map(ListedGroup::from).collect();
        groups.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(groups)
    }
}

/// The one of `groups` that is called `name`.
pub(super) fn pick(
    groups: &[ListedGroup],
    name: &str,
    attempt: &str,
) -> Result<ListedGroup, Failure> {
    groups.iter().find(|group| group.name == name).cloned().ok_or_else(|| {
        let similar = nearest(name, groups.iter().map(|group| group.name.as_str()));
        let (attempt, group) = (attempt.to_owned(), name.to_owned());
        let similar = similar.map(str::to_owned);
        KafkaError::UnknownGroup { attempt, group, similar }.into()
    })
}
