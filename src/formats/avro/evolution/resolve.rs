//! Which data a schema can read (Avro specification, "Schema Resolution").

use apache_avro::schema::{EnumSchema, FixedSchema, Schema as Node};

use super::super::describe::describe;
use super::super::shape::Shape;
use super::objection::{Kind, Objection};
use super::walk::{Step, Walk};

impl<'a> Walk<'a> {
    /// Why data of the type `writer` cannot be read as `reader`.
    pub(super) fn resolve(&mut self, reader: &'a Node, writer: &'a Node) -> Vec<Objection> {
        let shapes = (Shape::of(self.reader, reader), Shape::of(self.writer, writer));
        let (Some(to), Some(from)) = shapes else { return self.mismatch(reader, writer) };
        match (to, from) {
            (_, Shape::Union(branches)) => self.each_branch(reader, to, branches),
            (Shape::Union(branches), _) => self.any_branch(branches, writer),
            (Shape::Array(reader), Shape::Array(writer)) => {
                self.inside(Step::Items, |walk| walk.resolve(reader, writer))
            }
            (Shape::Map(reader), Shape::Map(writer)) => {
                self.inside(Step::Values, |walk| walk.resolve(reader, writer))
            }
            (Shape::Record(reader), Shape::Record(writer)) => self.records(reader, writer),
            (Shape::Enum(reader), Shape::Enum(writer)) => self.enums(reader, writer),
            (Shape::Fixed(reader), Shape::Fixed(writer)) => self.fixed(reader, writer),
            _ if is_promoted(to, from) => Vec::new(),
            _ => self.mismatch(reader, writer),
        }
    }

    fn mismatch(&self, reader: &Node, writer: &Node) -> Vec<Objection> {
        let word = |schema, node| Shape::of(schema, node).map_or("UNKNOWN", Shape::word);
        let (to, from) = (word(self.reader, reader), word(self.writer, writer));
        let (has, wants) = (describe(self.writer, writer), describe(self.reader, reader));
        self.object(
            Kind::TypeMismatch,
            format!("reader type: {to} not compatible with writer type: {from}"),
            format!("the writer has {has}, the reader {wants}"),
        )
    }

    /// Data may be of any branch of the writer's union.
    fn each_branch(
        &mut self,
        reader: &'a Node,
        to: Shape<'a>,
        branches: &'a [Node],
    ) -> Vec<Objection> {
        let mut all = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            all.extend(self.inside(Step::Branch(index), |walk| match to {
                // What is wrong with each branch of the reader's says less than that none fits.
                Shape::Union(_) if walk.resolve(reader, branch).is_empty() => Vec::new(),
                Shape::Union(_) => walk.no_branch(branch),
                _ => walk.resolve(reader, branch),
            }));
        }
        all
    }

    /// One branch of the reader's union must take the data.
    fn any_branch(&mut self, branches: &'a [Node], writer: &'a Node) -> Vec<Objection> {
        if branches.iter().any(|branch| self.resolve(branch, writer).is_empty()) {
            return Vec::new();
        }
        self.no_branch(writer)
    }

    fn no_branch(&self, writer: &Node) -> Vec<Objection> {
        let word = Shape::of(self.writer, writer).map_or("UNKNOWN", Shape::word);
        self.object(
            Kind::MissingUnionBranch,
            format!("reader union lacking writer type: {word}"),
            format!("no branch of the reader's union takes {}", describe(self.writer, writer)),
        )
    }

    fn enums(&mut self, reader: &'a EnumSchema, writer: &'a EnumSchema) -> Vec<Objection> {
        self.named((&reader.name, reader.aliases.as_ref()), &writer.name, |walk| {
            let symbols = writer.symbols.iter().filter(|symbol| !reader.symbols.contains(symbol));
            let mut missing: Vec<&str> = symbols.map(String::as_str).collect();
            if missing.is_empty() || reader.default.is_some() {
                return Vec::new();
            }
            missing.sort_unstable();
            let missing = missing.join(", ");
            let words =
                format!("the reader lacks the writer's symbols {missing}, without a default");
            walk.inside(Step::Attribute("symbols"), |walk| {
                walk.object(Kind::MissingEnumSymbols, format!("[{missing}]"), words)
            })
        })
    }

    fn fixed(&mut self, reader: &'a FixedSchema, writer: &'a FixedSchema) -> Vec<Objection> {
        let (to, from) = (reader.size, writer.size);
        self.named((&reader.name, reader.aliases.as_ref()), &writer.name, |walk| {
            if to == from {
                return Vec::new();
            }
            let detail = format!("expected: {from}, found: {to}");
            let words = format!("the writer has {from} bytes, the reader {to}");
            walk.inside(Step::Attribute("size"), |walk| {
                walk.object(Kind::FixedSizeMismatch, detail, words)
            })
        })
    }
}

/// Whether the data of a primitive type can be read as another one, or as the same.
fn is_promoted(reader: Shape, writer: Shape) -> bool {
    match reader {
        Shape::Null => matches!(writer, Shape::Null),
        Shape::Boolean => matches!(writer, Shape::Boolean),
        Shape::Int => matches!(writer, Shape::Int),
        Shape::Long => matches!(writer, Shape::Int | Shape::Long),
        Shape::Float => matches!(writer, Shape::Int | Shape::Long | Shape::Float),
        Shape::Double => {
            matches!(writer, Shape::Int | Shape::Long | Shape::Float | Shape::Double)
        }
        Shape::Bytes | Shape::String => matches!(writer, Shape::Bytes | Shape::String),
        _ => false,
    }
}
