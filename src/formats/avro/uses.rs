//! Schemas that use others by name.

use std::collections::HashSet;

use apache_avro::Error;
use apache_avro::schema::Schema as Node;

use super::schema::Schema;

/// The schema in `text`, complete: what it uses of `uses` is defined where it is used first.
pub(super) fn parse(text: &str, uses: &[Schema]) -> Result<Node, Error> {
    let mut texts = Vec::new();
    collect(uses, &mut HashSet::new(), &mut texts);
    let (mut node, known) = Node::parse_str_with_list(text, texts)?;
    let mut definitions = Vec::new();
    for node in &known {
        define(node, &mut definitions);
    }
    node.denormalize(&definitions)?;
    Ok(node)
}

/// The texts of `uses` and of all that they use, each once.
fn collect<'a>(uses: &'a [Schema], seen: &mut HashSet<&'a str>, texts: &mut Vec<&'a str>) {
    for schema in uses {
        if seen.insert(schema.name()) {
            collect(schema.uses(), seen, texts);
            texts.push(schema.text());
        }
    }
}

/// Keeps all that `node` defines by name.
fn define(node: &Node, definitions: &mut Vec<Node>) {
    if node.name().is_some() && !matches!(node, Node::Ref { .. }) {
        definitions.push(node.clone());
    }
    match node {
        Node::Record(record) => {
            record.fields.iter().for_each(|field| define(&field.schema, definitions));
        }
        Node::Array(array) => define(&array.items, definitions),
        Node::Map(map) => define(&map.types, definitions),
        Node::Union(union) => union.variants().iter().for_each(|node| define(node, definitions)),
        _ => {}
    }
}
