//! Text from topics, made safe to show.

/// `text` with its control characters escaped, so that bytes from a topic cannot steer the
/// terminal.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    shown
}
