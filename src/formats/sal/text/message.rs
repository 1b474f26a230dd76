//! The outer form of a message.

use memchr::memchr;

use crate::formats::sal::SalError;

/// A message taken apart, its items not yet read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// The word before the topic, the Kafka topic of the text: `ATAOS_logevent`.
    pub channel: &'a str,
    /// The SAL topic: `ATAOS_logevent_heartbeat`.
    pub topic: &'a str,
    /// What stands between the parentheses.
    pub items: &'a [u8],
}

/// Takes `message` (`<Subsystem>_<kind> <topic>:( … )`) apart. It must end with the closing
/// parenthesis; the items may hold any.
pub fn split(message: &[u8]) -> Result<Message<'_>, SalError> {
    let fail = |why| SalError::Message { why, text: excerpt(message) };
    let message = message.trim_ascii();
    let open = memchr(b'(', message);
    let (head, rest) = open.and_then(|at| message.split_at_checked(at)).unwrap_or((message, b""));
    let head = std::str::from_utf8(head).map_err(|_| fail("its topic is not UTF-8 text"))?;
    let word = head.bytes().position(|byte| byte <= b' ');
    let Some((channel, topic)) = word.and_then(|at| head.split_at_checked(at)) else {
        return Err(fail(match message {
            [] => "it is empty",
            _ => "no topic follows the first word",
        }));
    };
    let Some(topic) = topic.trim_ascii_end().strip_suffix(':') else {
        return Err(fail("no `:(` follows the topic"));
    };
    let [b'(', items @ .., b')'] = rest else {
        return Err(fail(if rest.contains(&b')') {
            "text follows the closing parenthesis"
        } else {
            "the closing parenthesis is missing"
        }));
    };
    let topic = topic.trim_ascii();
    if topic.is_empty() {
        return Err(fail("its topic has no name"));
    }
    Ok(Message { channel, topic, items })
}

/// The start of `bytes` as text, for errors.
pub fn excerpt(bytes: &[u8]) -> String {
    const LONGEST: usize = 60;
    let text = String::from_utf8_lossy(bytes);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into_owned(),
    }
}
