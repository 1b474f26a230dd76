//! The engine's own description of its functions, as JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A module, or the engine itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Node {
    pub doc: Docs,
    pub functions: Vec<Native>,
    pub modules: BTreeMap<String, Node>,
}

/// A function.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Native {
    pub name: String,
    pub params: Vec<Parameter>,
    pub return_type: Option<String>,
    pub doc_comments: Vec<String>,
}

/// A parameter; the name of a closure's is unknown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Parameter {
    pub name: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// The text of a module, in one piece or in lines.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Docs {
    One(String),
    Many(Vec<String>),
}

impl Default for Docs {
    fn default() -> Docs {
        Docs::Many(Vec::new())
    }
}

impl Docs {
    pub fn text(&self) -> String {
        match self {
            Docs::One(text) => plain(text),
            Docs::Many(lines) => plain(&lines.join("\n")),
        }
    }
}

/// The text of a doc comment without its slashes or stars.
pub fn plain(comment: &str) -> String {
    let line = |line: &str| {
        let text = line.trim_start();
        let text = ["///", "//!", "/**", "*/"].iter().find_map(|mark| text.strip_prefix(mark));
        let text = text.unwrap_or(line);
        text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned()
    };
    comment.lines().map(line).collect::<Vec<_>>().join("\n").trim().to_owned()
}
