//! What `catch (err)` gets of an error of the language itself: the keys that all others have, too.
//!
//! Rhai makes the map of `1 / 0` itself, with `error`, `message`, `line` and `position`, and offers
//! no hook there. So it is completed when the script first reads the variable.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use rhai::{Dynamic, Engine, Map, Scope, Token};

use crate::error::Kind;

/// Completes errors of the language when a script reads them.
#[expect(deprecated, reason = "Rhai marks what may change with its next version as deprecated")]
pub fn complete_errors(engine: &mut Engine) {
    let names = Arc::new(Names::default());
    let parsed = names.clone();
    engine.on_parse_token(move |token, _, _| {
        parsed.note(&token);
        token
    });
    engine.on_var(move |name, _, mut context| {
        if names.may_contain(name) {
            complete(context.scope_mut(), name);
        }
        Ok(None)
    });
}

/// The names after `catch (`, as a filter that lets few others through: every read of a variable
/// asks it, in all workers of a pipeline, so that it must neither lock nor search.
#[derive(Default)]
struct Names {
    bits: AtomicU64,
    /// How many tokens of `catch (` the parser has just read.
    read: AtomicU8,
}

impl Names {
    fn note(&self, token: &Token) {
        let read = match (token, self.read.load(Ordering::Relaxed)) {
            (Token::Catch, _) => 1,
            (Token::LeftParen, 1) => 2,
            (Token::Identifier(name), 2) => {
                self.bits.fetch_or(bit(name), Ordering::Relaxed);
                0
            }
            _ => 0,
        };
        self.read.store(read, Ordering::Relaxed);
    }

    fn may_contain(&self, name: &str) -> bool {
        self.bits.load(Ordering::Relaxed) & bit(name) != 0
    }
}

/// One bit for the length and the first letter.
fn bit(name: &str) -> u64 {
    let first = name.bytes().next().unwrap_or_default();
    1 << ((usize::from(first) + 7 * name.len()) % 64)
}

fn complete(scope: &mut Scope, name: &str) {
    let incomplete = scope
        .get(name)
        .is_some_and(|value| value.as_map_ref().is_ok_and(|map| is_incomplete(&map)));
    let Some(value) = scope.get_mut(name).filter(|_| incomplete) else { return };
    if let Ok(mut map) = value.as_map_mut() {
        map.insert("kind".into(), Kind::Failed.as_str().into());
        map.insert("code".into(), Dynamic::UNIT);
        map.insert("retriable".into(), false.into());
        map.insert("remedy".into(), Dynamic::UNIT);
    }
}

/// Whether it is an error of the language that has no kind yet. Those of a limit cannot be caught.
fn is_incomplete(map: &Map) -> bool {
    let error = map.get("error").and_then(|name| name.as_immutable_string_ref().ok());
    let raised = error.is_some_and(|name| name.starts_with("Error"));
    raised && map.contains_key("message") && !map.contains_key("kind")
}
