//! The outer form of a message.

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
    let word = message.iter().position(u8::is_ascii_whitespace);
    let (channel, rest) = word.and_then(|at| message.split_at_checked(at)).ok_or_else(|| {
        fail(if message.is_empty() { "it is empty" } else { "no topic follows the first word" })
    })?;
    let rest = rest.trim_ascii_start();
    let colon = rest.iter().position(|&byte| byte == b':' || byte == b'(');
    let (topic, rest) = colon.and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, b""));
    let [b':', rest @ ..] = rest else {
        return Err(fail("no `:(` follows the topic"));
    };
    let [b'(', rest @ ..] = rest.trim_ascii_start() else {
        return Err(fail("no `:(` follows the topic"));
    };
    let [items @ .., b')'] = rest else {
        return Err(fail(if rest.contains(&b')') {
            "text follows the closing parenthesis"
        } else {
            "the closing parenthesis is missing"
        }));
    };
    let name = |bytes| std::str::from_utf8(bytes).map_err(|_| fail("its topic is not UTF-8 text"));
    let (channel, topic) = (name(channel)?, name(topic.trim_ascii_end())?);
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
