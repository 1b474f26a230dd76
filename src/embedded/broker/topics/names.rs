//! Which names a topic may have, in the words of Kafka.

use kafka_protocol::ResponseError;

use crate::embedded::broker::wire::ItemError;

const MAX_LENGTH: usize = 249;

/// Whether `name` is a good name for a topic.
pub fn check(name: &str) -> Result<(), ItemError> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let reason = if name.is_empty() {
        "the empty string is not allowed".to_owned()
    } else if name == "." || name == ".." {
        format!("'{name}' is not allowed")
    } else if name.chars().count() > MAX_LENGTH {
        format!("the length of '{name}' is longer than the max allowed length {MAX_LENGTH}")
    } else if !name.chars().all(legal) {
        format!(
            "'{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'"
        )
    } else {
        return Ok(());
    };
    let message = format!("Topic name is invalid: {reason}");
    Err(ItemError::new(ResponseError::InvalidTopicException, message))
}

/// Whether two topics would share their metrics, which write `.` as `_`.
pub fn collide(one: &str, other: &str) -> bool {
    one != other && one.replace('.', "_") == other.replace('.', "_")
}
