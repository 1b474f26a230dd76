//! Types in words.

use apache_avro::schema::Schema as Node;

use super::schema::{Schema, kind_word};

/// The type `node` of `schema` in words: `array of int`, `null or record org.Reading`.
pub(super) fn describe(schema: &Schema, node: &Node) -> String {
    match node {
        Node::Array(array) => format!("array of {}", describe(schema, &array.items)),
        Node::Map(map) => format!("map of {}", describe(schema, &map.types)),
        Node::Union(union) => {
            let branches = union.variants().iter().map(|branch| describe(schema, branch));
            match branches.collect::<Vec<_>>() {
                branches if branches.is_empty() => "nothing".to_owned(),
                branches => branches.join(" or "),
            }
        }
        Node::Decimal(decimal) => format!("decimal({}, {})", decimal.precision, decimal.scale),
        Node::Ref { name } => match schema.named(name) {
            Some(definition) => describe(schema, definition),
            None => name.to_string(),
        },
        _ => match node.name() {
            Some(name) => format!("{} {name}", kind_word(node)),
            None => kind_word(node),
        },
    }
}
