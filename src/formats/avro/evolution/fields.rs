//! Which records a record can read.

use apache_avro::schema::{RecordField, RecordSchema};

use super::objection::{Kind, Objection};
use super::walk::{Step, Walk};

impl<'a> Walk<'a> {
    /// Why data of the record `writer` cannot be read as `reader`.
    pub(super) fn records(
        &mut self,
        reader: &'a RecordSchema,
        writer: &'a RecordSchema,
    ) -> Vec<Objection> {
        self.named((&reader.name, reader.aliases.as_ref()), &writer.name, |walk| {
            let fields = reader.fields.iter().enumerate();
            let found = fields.map(|(index, field)| {
                let step = Step::Field(index, &field.name);
                walk.inside(step, |walk| walk.field(field, &writer.fields))
            });
            found.flatten().collect()
        })
    }

    fn field(&mut self, field: &'a RecordField, writer: &'a [RecordField]) -> Vec<Objection> {
        let names = || std::iter::once(&field.name).chain(&field.aliases);
        let find = |name: &String| writer.iter().find(|written| written.name == *name);
        match names().filter_map(find).collect::<Vec<_>>().as_slice() {
            [] if field.default.is_some() => Vec::new(),
            [] => self.object(
                Kind::ReaderFieldMissingDefaultValue,
                field.name.clone(),
                "the writer lacks it and the reader has no default".to_owned(),
            ),
            [written] => {
                self.inside(Step::Type, |walk| walk.resolve(&field.schema, &written.schema))
            }
            several => {
                let names: Vec<&str> = several.iter().map(|field| field.name.as_str()).collect();
                let names = names.join(", ");
                let words = format!("its name and aliases mean several of the writer's: {names}");
                self.object(Kind::ReaderFieldAmbiguous, names, words)
            }
        }
    }
}
