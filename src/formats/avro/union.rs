//! Which branch of a union a plain value means.

use apache_avro::schema::{Schema as Node, UnionSchema};
use apache_avro::types::Value;

use super::encode::{Fit, got};
use super::error::{Mismatch, Reason};
use super::logical;

/// Fits `value` to the first branch of its own type, else to the first it can be converted to: an
/// integer goes to `long` before `double`, whatever their order.
pub(super) fn pick(
    fit: Fit,
    union: &UnionSchema,
    value: &Value,
    depth: usize,
) -> Result<Value, Mismatch> {
    let branches = || union.variants().iter().enumerate();
    let (own, other): (Vec<_>, Vec<_>) = branches().partition(|(_, node)| is_own(node, value));
    let mut errors = Vec::new();
    for (index, node) in own.into_iter().chain(other) {
        match fit.value(node, value, depth + 1) {
            Ok(fitted) => return Ok(Value::Union(index as u32, Box::new(fitted))),
            Err(error) => errors.push((index, error)),
        }
    }
    errors.sort_by_key(|(index, _)| *index);
    Err(explain(errors.into_iter().map(|(_, error)| error), value))
}

fn is_own(node: &Node, value: &Value) -> bool {
    match value {
        Value::Double(_) => matches!(node, Node::Double),
        Value::Float(_) => matches!(node, Node::Float),
        _ => logical::integer(value).is_none() || !matches!(node, Node::Float | Node::Double),
    }
}

/// One error out of those of all branches: a branch that has the value's type tells what is wrong
/// inside it; without one, the types of all are named.
fn explain(errors: impl Iterator<Item = Mismatch>, value: &Value) -> Mismatch {
    let mut expected = Vec::new();
    let mut inside = Vec::new();
    for error in errors {
        match error.reason {
            Reason::Type { expected: names, .. } if error.steps.is_empty() => {
                expected.extend(names);
            }
            _ => inside.push(error),
        }
    }
    match inside.len() {
        0 => Mismatch { steps: Vec::new(), reason: Reason::Type { expected, got: got(value) } },
        1 => inside.remove(0),
        _ => {
            let all: Vec<_> = inside.iter().map(ToString::to_string).collect();
            Mismatch::new(format!("no branch of the union fits: {}", all.join("; ")))
        }
    }
}
