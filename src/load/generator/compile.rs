//! Compiles a schema into a plan.

use std::collections::{BTreeMap, HashMap};

use apache_avro::schema::{InnerDecimalSchema, Name, RecordSchema, Schema as Node, UuidSchema};
use fastrand::Rng;
use serde_json::Value as Json;

use super::choice::{Maker, Source};
use super::part::{Clock, Number, Part, Plan, Voice};
use super::rules::About;
use super::signal::Signal;
use crate::formats::avro::{AvroError, Schema, encode_part};
use crate::load::LoadError;
use crate::nearest::nearest;

/// How many bytes made-up bytes have at most.
const BYTES: usize = 8;

/// One compilation.
pub struct Compiler<'a> {
    pub schema: &'a Schema,
    pub about: About,
    pub rng: &'a mut Rng,
    pub given: HashMap<String, Source>,
    pub plan: Plan,
    named: HashMap<Name, usize>,
    /// The paths of all fields, for who misspells one.
    paths: Vec<String>,
}

/// Where a part stands: what is known of the field that it is, or is an item of.
#[derive(Clone)]
struct Place<'p> {
    path: &'p str,
    name: &'p str,
    attributes: &'p BTreeMap<String, Json>,
    /// How many items the array around it has.
    items: usize,
    /// The length of the field's default.
    length: Option<usize>,
    signal: Option<Signal>,
}

impl<'a> Compiler<'a> {
    pub fn new(
        schema: &'a Schema,
        about: About,
        rng: &'a mut Rng,
        given: HashMap<String, Source>,
    ) -> Compiler<'a> {
        let (plan, named, paths) = (Plan::default(), HashMap::new(), Vec::new());
        Compiler { schema, about, rng, given, plan, named, paths }
    }

    /// The plan of the whole schema. Errors: a source for a field that there is not, or whose values
    /// do not fit it.
    pub fn compile(mut self) -> Result<Plan, LoadError> {
        let none = BTreeMap::new();
        let place =
            Place { path: "", name: "", attributes: &none, items: 1, length: None, signal: None };
        self.plan.root = self.node(self.schema.node(), &place)?;
        match self.given.keys().min() {
            None => Ok(self.plan),
            Some(stray) => {
                let near = nearest(stray, self.paths.iter().map(String::as_str));
                let near = near.map(str::to_owned);
                Err(self.field_error(stray, "there is no such field".into(), near))
            }
        }
    }

    fn add(&mut self, part: Part) -> usize {
        self.plan.parts.push(part);
        self.plan.parts.len() - 1
    }

    fn node(&mut self, node: &Node, place: &Place<'_>) -> Result<usize, LoadError> {
        let part = match node {
            Node::Record(def) => return self.record(def, place),
            Node::Ref { name } => {
                let known = self.named.get(name).copied();
                return known.ok_or_else(|| LoadError::Schema {
                    name: self.schema.name().to_owned(),
                    why: format!("it does not define {name}"),
                });
            }
            Node::Union(def) => {
                let nodes = def.variants();
                let null = nodes.iter().position(|node| *node == Node::Null);
                let branches = nodes.iter().map(|node| self.node(node, place));
                let branches = branches.collect::<Result<Vec<_>, _>>()?;
                // Where a signal was asked for, each value is one of it.
                Part::Union(branches, null.filter(|_| place.signal.is_none()))
            }
            Node::Array(def) => {
                let count = def.attributes.get("sal_count").and_then(Json::as_u64);
                let count = count.map(|count| count as usize).or(place.length);
                let items = Place { items: count.unwrap_or(4), length: None, ..place.clone() };
                Part::Array(self.node(&def.items, &items)?, count)
            }
            Node::Map(def) => Part::Map(self.node(&def.types, place)?),
            Node::Enum(def) => {
                let at = self.add(Part::Enum(def.symbols.len()));
                self.named.insert(def.name.clone(), at);
                return Ok(at);
            }
            Node::Fixed(def) => {
                let at = self.add(Part::Fixed(def.size));
                self.named.insert(def.name.clone(), at);
                return Ok(at);
            }
            _ => self.scalar(node, place),
        };
        Ok(self.add(part))
    }

    fn record(&mut self, def: &RecordSchema, place: &Place<'_>) -> Result<usize, LoadError> {
        // Its place is known before its fields are: they may refer to it.
        let at = self.add(Part::Null);
        self.named.insert(def.name.clone(), at);
        let mut fields = Vec::with_capacity(def.fields.len());
        for field in &def.fields {
            let path = match place.path {
                "" => field.name.clone(),
                outer => format!("{outer}.{}", field.name),
            };
            self.paths.push(path.clone());
            let length = field.default.as_ref().and_then(Json::as_array).map(Vec::len);
            let inner = Place {
                path: &path,
                name: &field.name,
                attributes: &field.custom_attributes,
                items: 1,
                length: length.filter(|&length| length > 0),
                signal: None,
            };
            fields.push(match self.given.remove(&path) {
                None => self.node(&field.schema, &inner)?,
                Some(source) => self.given(source, &field.schema, &inner)?,
            });
        }
        if let Some(record) = self.plan.parts.get_mut(at) {
            *record = Part::Record(fields);
        }
        Ok(at)
    }

    /// The part of a field whose values somebody chose.
    fn given(
        &mut self,
        source: Source,
        node: &Node,
        place: &Place<'_>,
    ) -> Result<usize, LoadError> {
        // What it defines by name may be referred to by others.
        let voices = self.plan.voices.len();
        let signal = if let Source::Signal(signal) = &source { Some(*signal) } else { None };
        let own = self.node(node, &Place { signal, ..place.clone() })?;
        let part = match source {
            Source::Signal(_) if self.plan.voices.len() == voices => {
                return Err(self.field_error(place.path, "it is no number".into(), None));
            }
            Source::Signal(_) => return Ok(own),
            Source::Choice(values) if values.is_empty() => {
                return Err(self.field_error(
                    place.path,
                    "there is nothing to choose".into(),
                    None,
                ));
            }
            Source::Choice(values) => {
                let written = values.iter().map(|value| encode_part(self.schema, node, value));
                let written = written.collect::<Result<_, _>>();
                let failed = |error: AvroError| self.field_error(place.path, error.reason(), None);
                Part::Choice(written.map_err(failed)?)
            }
            Source::Made(make) => {
                let field = place.path.to_owned();
                self.plan.makers.push(Maker { field, make, node: node.clone() });
                Part::Made(self.plan.makers.len() - 1)
            }
        };
        Ok(self.add(part))
    }

    fn scalar(&mut self, node: &Node, place: &Place<'_>) -> Part {
        match node {
            Node::Null => Part::Null,
            Node::Boolean => Part::Boolean,
            Node::Int => self.number(Number::Int, place),
            Node::Long => self.number(Number::Long, place),
            Node::Float => self.number(Number::Float, place),
            Node::Double => self.number(Number::Double, place),
            Node::String => self.about.text(place.name).map_or(Part::Words, Part::Text),
            // SAL has single bytes.
            Node::Bytes if self.about.revcode.is_some() => Part::Bytes(1, 1),
            Node::Bytes => Part::Bytes(1, BYTES),
            Node::Uuid(UuidSchema::String) => Part::Uuid,
            Node::Uuid(UuidSchema::Bytes) => Part::Bytes(16, 16),
            Node::Uuid(UuidSchema::Fixed(_)) => Part::Fixed(16),
            Node::Duration(def) => Part::Fixed(def.size),
            Node::Decimal(def) => Part::Decimal(
                def.precision as u32,
                match &def.inner {
                    InnerDecimalSchema::Bytes => None,
                    InnerDecimalSchema::Fixed(fixed) => Some(fixed.size),
                },
            ),
            Node::BigDecimal => Part::BigDecimal,
            Node::Date => Part::Time(Clock::Date),
            Node::TimeMillis => Part::Time(Clock::OfDay(1_000)),
            Node::TimeMicros => Part::Time(Clock::OfDay(1)),
            Node::TimestampMillis | Node::LocalTimestampMillis => {
                Part::Time(Clock::Since1970(1_000))
            }
            Node::TimestampMicros | Node::LocalTimestampMicros => Part::Time(Clock::Since1970(1)),
            _ => Part::Time(Clock::Nanoseconds),
        }
    }

    fn number(&mut self, number: Number, place: &Place<'_>) -> Part {
        let signal = place.signal;
        let signal = signal.unwrap_or_else(|| self.about.signal(place.name, place.attributes));
        let states = (0..place.items.max(1)).map(|_| signal.start(self.rng)).collect();
        self.plan.voices.push(Voice { signal, states });
        Part::Number(number, self.plan.voices.len() - 1)
    }

    fn field_error(&self, field: &str, why: String, near: Option<String>) -> LoadError {
        let name = self.schema.name().to_owned();
        LoadError::Field { name, field: field.to_owned(), why, near }
    }
}
