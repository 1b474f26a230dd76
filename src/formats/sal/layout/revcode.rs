//! Revision codes of the layout `ts_xml`.

use std::borrow::Cow;
use std::fmt::Write as _;

use md5::{Digest, Md5};

use crate::formats::json::indented;

/// The first eight hex digits of the MD5 sum of `schema`, JSON text without blanks, as Python's
/// `json.dumps(…, indent=4)` writes it: four blanks, ASCII only.
pub fn revcode(schema: &str) -> String {
    let sum = Md5::digest(indented(ascii(schema).as_bytes(), 4));
    sum.iter().take(4).fold(String::new(), |mut code, byte| {
        let _ = write!(code, "{byte:02x}");
        code
    })
}

fn ascii(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte < 0x7f) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter < '\u{7f}' {
            escaped.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    Cow::Owned(escaped)
}
