//! Revision codes of the layout `ts_xml`.

use std::fmt::Write as _;

use md5::{Digest, Md5};
use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

/// The first eight hex digits of the MD5 sum of `schema` as Python's `json.dumps(…, indent=4)`
/// writes it: four blanks, ASCII only.
pub fn revcode(schema: &Value) -> String {
    let mut text = Vec::new();
    let formatter = PrettyFormatter::with_indent(b"    ");
    // Writing a value into memory cannot fail: its keys are strings.
    let _ = schema.serialize(&mut Serializer::with_formatter(&mut text, formatter));
    let sum = Md5::digest(ascii(&String::from_utf8_lossy(&text)));
    sum.iter().take(4).fold(String::new(), |mut code, byte| {
        let _ = write!(code, "{byte:02x}");
        code
    })
}

fn ascii(text: &str) -> String {
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
    escaped
}
