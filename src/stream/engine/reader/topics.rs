//! The topics that a pipeline reads, as brokers describe them before it does.

use super::consumer::PATIENCE;
use crate::clients::kafka::{Admin, Topic, refused};
use crate::context::Context;
use crate::stream::engine::ask::patiently;
use crate::stream::{Options, StreamError};

/// The `topics` of a pipeline. One that no broker knows ends it; one whose partitions a broker cannot
/// tell now is asked for again.
pub fn described(
    context: &Context,
    topics: &[String],
    options: &Options,
) -> Result<Vec<Topic>, StreamError> {
    let admin = Admin::of(context)?;
    patiently(context, || {
        let mut known = admin.topics(context, PATIENCE)?;
        known.retain(|topic| topics.contains(&topic.name));
        let missing = topics.iter().find(|name| known.iter().all(|topic| topic.name != **name));
        if let Some(topic) = missing {
            let (group, topic) = (options.group.clone(), topic.clone());
            return Err(StreamError::NoTopic { group, topic });
        }
        match known.iter().find_map(|topic| Some((&topic.name, topic.error?))) {
            Some((name, code)) => {
                Err(refused(&format!("find the partitions of topic `{name}`"), code).into())
            }
            None => Ok(known),
        }
    })
}
