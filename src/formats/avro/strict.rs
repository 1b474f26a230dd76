//! What other implementations refuse and the codec lets pass.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use super::error::AvroError;
use super::schema::Schema;

const PRIMITIVES: [&str; 8] =
    ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];
const ORDERS: [&str; 3] = ["ascending", "descending", "ignore"];

/// Checks that `schema` can be read everywhere: a name is defined once and is no primitive type's,
/// a type is no object within an object, aliases are lists, and an order is one of three.
///
/// The specification asks for it ("Names", "Records"), and Java's parser insists.
pub fn strict(schema: &Schema) -> Result<(), AvroError> {
    let defined = schema.uses().iter().map(|used| used.name().to_owned()).collect();
    let mut names = Names { defined };
    names.check(schema.json(), "").map_err(AvroError::Schema)
}

struct Names {
    defined: HashSet<String>,
}

impl Names {
    fn check(&mut self, json: &Json, namespace: &str) -> Result<(), String> {
        match json {
            Json::Array(branches) => branches.iter().try_for_each(|b| self.check(b, namespace)),
            Json::Object(object) => self.object(object, namespace),
            _ => Ok(()),
        }
    }

    fn object(&mut self, object: &Map<String, Json>, namespace: &str) -> Result<(), String> {
        let inner = |name: &str| object.get(name).unwrap_or(&Json::Null);
        match object.get("type") {
            Some(Json::String(word)) => match word.as_str() {
                "array" => self.check(inner("items"), namespace),
                "map" => self.check(inner("values"), namespace),
                "record" | "enum" | "fixed" => {
                    let namespace = self.define(object, namespace)?;
                    let mut fields = inner("fields").as_array().into_iter().flatten();
                    fields.try_for_each(|field| self.field(field, &namespace))
                }
                _ => Ok(()),
            },
            other => Err(format!(
                "{} within an object is no type: leave the outer object out",
                other.unwrap_or(&Json::Null)
            )),
        }
    }

    /// Takes in the name of a type; returns the namespace of names inside it.
    fn define(&mut self, object: &Map<String, Json>, outer: &str) -> Result<String, String> {
        let text = |name: &str| object.get(name).and_then(Json::as_str);
        let name = text("name").unwrap_or_default();
        let (namespace, short) =
            name.rsplit_once('.').unwrap_or((text("namespace").unwrap_or(outer), name));
        let full = match namespace {
            "" => short.to_owned(),
            namespace => format!("{namespace}.{short}"),
        };
        if PRIMITIVES.contains(&full.as_str()) {
            return Err(format!("`{full}` is the name of a primitive type"));
        }
        is_list(object, &full)?;
        let namespace = namespace.to_owned();
        if self.defined.contains(&full) {
            return Err(format!("`{full}` is defined twice"));
        }
        self.defined.insert(full);
        Ok(namespace)
    }

    fn field(&mut self, field: &Json, namespace: &str) -> Result<(), String> {
        let Json::Object(field) = field else { return Ok(()) };
        let name = field.get("name").and_then(Json::as_str).unwrap_or_default();
        is_list(field, name)?;
        if let Some(order) = field.get("order")
            && !order.as_str().is_some_and(|order| ORDERS.contains(&order))
        {
            return Err(format!("the order of field `{name}` is {order}: there are {ORDERS:?}"));
        }
        field.get("type").map_or(Ok(()), |kind| self.check(kind, namespace))
    }
}

fn is_list(object: &Map<String, Json>, name: &str) -> Result<(), String> {
    match object.get("aliases") {
        None | Some(Json::Array(_)) => Ok(()),
        Some(other) => Err(format!("the aliases of `{name}` are {other}, no list")),
    }
}
