//! The schemas of an experiment in the registry.

use std::collections::{BTreeMap, HashMap};

use super::Feed;
use crate::clients::registry::{Done, Draft, Outcome, Registry, Terms};
use crate::context::Context;
use crate::error::Failure;

/// How many schemas are on their way to the registry at once.
const PARALLEL: usize = 8;

/// The ids of the schemas of `feeds`, in their order, once all are registered; 0 where there is none.
pub fn ids(context: &Context, feeds: &[&Feed]) -> Result<Vec<u32>, Failure> {
    let drafts: Vec<_> = feeds
        .iter()
        .map(|feed| {
            feed.content
                .schema()
                .map(|(schema, subject)| (subject.to_owned(), Draft::from(&schema)))
        })
        .collect();
    let mut subjects = BTreeMap::new();
    for (subject, draft) in drafts.iter().flatten() {
        subjects.insert(subject.clone(), draft.clone());
    }
    if subjects.is_empty() {
        return Ok(vec![0; feeds.len()]);
    }
    let registry = Registry::of(context)?;
    let done = registry.register_each(subjects.clone().into_iter().collect(), PARALLEL);
    let known = done.map(id).collect::<Result<HashMap<String, u32>, Failure>>()?;
    let one = |draft: &Option<(String, Draft)>| match draft {
        None => Ok(0),
        Some((subject, draft)) if subjects.get(subject) == Some(draft) => {
            Ok(known.get(subject).copied().unwrap_or_default())
        }
        // Two schemas for one subject: they become two versions.
        Some((subject, draft)) => Ok(registry.register(subject, draft, Terms::default())?),
    };
    drafts.iter().map(one).collect()
}

fn id((subject, outcome): Done) -> Result<(String, u32), Failure> {
    match outcome? {
        Outcome::Registered(id) | Outcome::Unchanged(id) => Ok((subject, id)),
    }
}
