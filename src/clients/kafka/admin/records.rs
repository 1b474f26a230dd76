//! Deleting the oldest records of a topic.

use std::collections::HashMap;
use std::time::Duration;

use rdkafka::types::RDKafkaErrorCode as Code;

use super::{Admin, Topic};
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::sys::{DeleteRecords, Position};
use crate::clients::kafka::wait::declined;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

/// Which records go: those before…
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// …the end: all.
    End,
    /// …an offset, the same in each partition.
    Offset(i64),
    /// …a time in milliseconds since 1970.
    Time(i64),
}

/// What became of the records of one partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// The partition.
    pub partition: i32,
    /// How many records lay before the first one that stays.
    pub deleted: i64,
    /// The offset of the first record that stays.
    pub first: i64,
}

impl Admin {
    /// Deletes the records of the topic `name` that lie before `before`, in all partitions or in
    /// `partition`. With `dry_run` it only says what would be deleted.
    pub fn delete_records(
        &self,
        context: &Context,
        (name, partition): (&str, Option<i32>),
        (before, dry_run): (Before, bool),
        timeout: Duration,
    ) -> Result<Vec<Deletion>, Failure> {
        let attempt = format!("delete records of topic `{name}`");
        let mut topic = self.named(context, name, (&attempt, timeout))?;
        if let Some(wanted) = partition {
            only(&mut topic, wanted, &attempt)?;
        }
        let mut plan = self.plan(context, &topic, before, timeout)?;
        if !dry_run {
            authorize(context, &Action::DeleteRecords(name.to_owned()))?;
            let kept = self.carry_out(context, name, &plan, (&attempt, timeout))?;
            for deletion in &mut plan {
                deletion.first = kept.get(&deletion.partition).copied().unwrap_or(deletion.first);
            }
        }
        Ok(plan)
    }

    /// What would be deleted.
    fn plan(
        &self,
        context: &Context,
        topic: &Topic,
        before: Before,
        timeout: Duration,
    ) -> Result<Vec<Deletion>, Failure> {
        let topics = std::slice::from_ref(topic);
        let bounds = self.watermarks(context, topics, timeout)?;
        let times: HashMap<i32, i64> = match before {
            Before::Time(time) => {
                let found = self.offsets_at(context, topics, time, timeout)?;
                found.into_iter().map(|(_, partition, offset)| (partition, offset)).collect()
            }
            _ => HashMap::new(),
        };
        let plan = bounds.into_iter().map(|bounds| {
            let wanted = match before {
                Before::End => bounds.next,
                Before::Offset(offset) => offset,
                Before::Time(_) => times.get(&bounds.partition).copied().unwrap_or(bounds.first),
            };
            let first = wanted.clamp(bounds.first, bounds.next.max(bounds.first));
            Deletion { partition: bounds.partition, deleted: first - bounds.first, first }
        });
        Ok(plan.collect())
    }

    /// Deletes what `plan` says; returns the first offset that stays, by partition.
    fn carry_out(
        &self,
        context: &Context,
        name: &str,
        plan: &[Deletion],
        (attempt, timeout): (&str, Duration),
    ) -> Result<HashMap<i32, i64>, KafkaError> {
        let some = plan.iter().filter(|deletion| deletion.deleted > 0);
        let before: Vec<_> = some
            .map(|deletion| Position {
                topic: name.to_owned(),
                partition: deletion.partition,
                offset: deletion.first,
            })
            .collect();
        if before.is_empty() {
            return Ok(HashMap::new());
        }
        let request = DeleteRecords { before, timeout };
        let answer = self.probe()?.request_one(context, (attempt, timeout), request)?;
        let mut kept = HashMap::new();
        for (position, refusal) in answer {
            match refusal {
                Some(refusal) if refusal.code == Code::PolicyViolation => {
                    return Err(compacted(attempt));
                }
                Some(refusal) => return Err(declined(attempt, refusal)),
                None => {}
            }
            kept.insert(position.partition, position.offset);
        }
        Ok(kept)
    }
}

/// Kafka has no words for it.
fn compacted(attempt: &str) -> KafkaError {
    KafkaError::Refused {
        attempt: attempt.to_owned(),
        code: Code::PolicyViolation,
        reason: "it is compacted: of such topics Kafka deletes no records".to_owned(),
    }
}

fn only(topic: &mut Topic, wanted: i32, attempt: &str) -> Result<(), KafkaError> {
    let count = topic.partitions.len();
    topic.partitions.retain(|partition| partition.id == wanted);
    if topic.partitions.is_empty() {
        let reason = format!("it has no partition {wanted}");
        let remedy = Some(format!("give one of 0 to {}", count.saturating_sub(1)));
        return Err(KafkaError::Options { attempt: attempt.to_owned(), reason, remedy });
    }
    Ok(())
}
