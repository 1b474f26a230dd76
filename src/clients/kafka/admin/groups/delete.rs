//! Deleting groups, or some of what they committed.

use std::collections::BTreeMap;
use std::time::Duration;

use rdkafka::types::RDKafkaErrorCode as Code;

use super::reset::{busy, choose};
use super::{Chosen, list::pick};
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::admin::Admin;
use crate::clients::kafka::sys::{DeleteGroupOffsets, DeleteGroups, Position, Refusal};
use crate::clients::kafka::wait::declined;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

impl Admin {
    /// Deletes the group `name`, which must have no members, with all that it committed.
    pub fn delete_group(
        &self,
        context: &Context,
        name: &str,
        timeout: Duration,
    ) -> Result<(), Failure> {
        authorize(context, &Action::DeleteGroup(name.to_owned()))?;
        let attempt = format!("delete group `{name}`");
        let group = pick(&self.groups_for(context, (&attempt, timeout))?, name, &attempt)?;
        let asked = DeleteGroups { names: vec![name.to_owned()] };
        let answer = self.ask_coordinator(context, asked, (&attempt, timeout))?;
        for outcome in answer {
            match outcome {
                Ok(()) => {}
                Err(Refusal { code: Code::NonEmptyGroup, .. }) => {
                    let members = self.describe(context, &group, (&attempt, timeout))?.members;
                    return Err(busy(&attempt, &members).into());
                }
                Err(refusal) => return Err(declined(&attempt, refusal).into()),
            }
        }
        Ok(())
    }

    /// Forgets what the group `name` committed in the partitions that are `chosen`; returns them.
    /// A topic that a member of the group reads is refused.
    pub fn delete_group_offsets(
        &self,
        context: &Context,
        name: &str,
        chosen: &Chosen,
        timeout: Duration,
    ) -> Result<Vec<(String, i32)>, Failure> {
        authorize(context, &Action::DeleteGroup(name.to_owned()))?;
        let attempt = format!("delete offsets of group `{name}`");
        let asked = (attempt.as_str(), timeout);
        pick(&self.groups_for(context, asked)?, name, &attempt)?;
        let committed: BTreeMap<(String, i32), i64> = self
            .committed(context, &[name.to_owned()], asked)?
            .into_values()
            .flatten()
            .map(|at| ((at.topic, at.partition), at.offset))
            .collect();
        let topics = choose(self.topics_for(context, asked)?, chosen, &committed, &attempt)?;
        let positions: Vec<_> = topics
            .iter()
            .flat_map(|topic| topic.partitions.iter().map(|p| (topic.name.clone(), p.id)))
            .filter(|place| committed.contains_key(place))
            .map(|(topic, partition)| Position { topic, partition, offset: -1 })
            .collect();
        if positions.is_empty() {
            return Ok(Vec::new());
        }
        let deleted = positions.iter().map(|at| (at.topic.clone(), at.partition)).collect();
        let request = DeleteGroupOffsets { group: name.to_owned(), positions };
        let answer = self.ask_coordinator(context, request, asked)?;
        failed(&attempt, answer)?;
        Ok(deleted)
    }
}

/// The first error in what became of partitions.
pub(super) fn failed(
    attempt: &str,
    answer: Vec<(Position, Result<(), Refusal>)>,
) -> Result<(), Failure> {
    for (at, outcome) in answer {
        let Err(refusal) = outcome else { continue };
        let reason = match refusal.code {
            // What the coordinator says to someone who is no member of a group that has members.
            Code::UnknownMemberId | Code::IllegalGeneration => "it has active members".to_owned(),
            Code::GroupSubscribedToTopic => {
                format!("a member of it reads `{}` now", at.topic)
            }
            _ => return Err(declined(attempt, refusal).into()),
        };
        let remedy = Some("stop its consumers first".to_owned());
        return Err(KafkaError::Busy { attempt: attempt.to_owned(), reason, remedy }.into());
    }
    Ok(())
}
