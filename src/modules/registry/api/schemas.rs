//! Schemas: by id, by version, by their text.

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::clients::registry::Version;
use crate::formats::avro::Schema;
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read;
use crate::modules::registry::missing::found;
use crate::modules::registry::options;
use crate::modules::registry::types::{self, registry as of};

/// Schemas: by id, by version, by their text.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
    /// The Avro schema with an id; asked for once in a run.
    ///
    /// An error of kind `not_found` says that there is no such id, one of kind `invalid` that it is
    /// a schema in another language.
    ///
    /// ```rhai
    /// let id = registry::register("schema-example-value", `"long"`);
    /// registry::schema(id).name // => "long"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn schema(context: NativeCallContext, id: i64) -> RhaiResultOf<Schema> {
        Ok(of(&context)?.schema(types::id(id)?)?)
    }

    /// The schema with an id, and the subjects that hold it.
    ///
    /// Returns a map with `id`, `type` (`AVRO`, `JSON` or `PROTOBUF`), `schema` (a `Schema`, or
    /// text in other languages than Avro), `references` and `subjects`, an array of maps with
    /// `subject` and `version`. An error of kind `not_found` says that there is no such id.
    ///
    /// ```rhai
    /// let id = registry::register("describe-schema-example-value", `["null", "int"]`);
    /// registry::describe_schema(id).subjects
    /// // => [#{"subject": "describe-schema-example-value", "version": 1}]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn describe_schema(context: NativeCallContext, id: i64) -> RhaiResultOf<Map> {
        describe_schema_with(context, id, Map::new())
    }

    /// The schema with an id, and the subjects that hold it.
    ///
    /// `options` has `context`, the name of the context whose id it is (as `.night`); and
    /// `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns a map as `registry::describe_schema(id)`.
    ///
    /// ```rhai
    /// let id = registry::register("describe-id-example-value", `["null", "long"]`);
    /// registry::describe_schema(id, #{ timeout: 5 }).type // => "AVRO"
    /// ```
    #[rhai_fn(name = "describe_schema", volatile, return_raw)]
    pub fn describe_schema_with(
        context: NativeCallContext,
        id: i64,
        options: Map,
    ) -> RhaiResultOf<Map> {
        let options: options::Identify = read("registry::describe_schema", options)?;
        let registry = types::patient(&context, options.wait())?;
        let found = registry.identified(types::id(id)?, options.context.as_deref())?;
        Ok(types::identified(found))
    }

    /// The latest version of a subject.
    ///
    /// Returns a map as `registry::version`. An error of kind `not_found` says that there is no
    /// such subject, and which was meant.
    ///
    /// ```rhai
    /// registry::register("latest-example-value", `"string"`);
    /// registry::latest("latest-example-value").version // => 1
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn latest(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<Map> {
        let registry = of(&context)?;
        let latest = registry.version(&subject, Version::Latest);
        Ok(types::registered(found(&registry, &subject, latest)?))
    }

    /// One version of a subject.
    ///
    /// `version` is a number from 1 up, or `"latest"`.
    ///
    /// Returns a map with `subject`, `version`, `id`, `type` (`AVRO`, `JSON` or `PROTOBUF`),
    /// `schema` (a `Schema`, or text in other languages than Avro) and `references`, an array of
    /// maps with `name`, `subject` and `version`. An error of kind `not_found` says whether the
    /// subject or the version is missing, and what was meant.
    ///
    /// ```rhai
    /// registry::register("version-example-value", `"string"`);
    /// registry::version("version-example-value", 1).schema.name // => "string"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn version(
        context: NativeCallContext,
        subject: ImmutableString,
        version: Dynamic,
    ) -> RhaiResultOf<Map> {
        version_with(context, subject, version, Map::new())
    }

    /// One version of a subject.
    ///
    /// `version` is a number from 1 up, or `"latest"`. `options` has `deleted`, true to find a
    /// version that is deleted but not for good, too; and `timeout`, the seconds to wait for an
    /// answer (10).
    ///
    /// Returns a map as `registry::version(subject, version)`.
    ///
    /// ```rhai
    /// registry::register("deleted-example-value", `"string"`);
    /// registry::delete("deleted-example-value");
    /// registry::version("deleted-example-value", 1, #{ deleted: true }).type // => "AVRO"
    /// ```
    #[rhai_fn(name = "version", volatile, return_raw)]
    pub fn version_with(
        context: NativeCallContext,
        subject: ImmutableString,
        version: Dynamic,
        options: Map,
    ) -> RhaiResultOf<Map> {
        let options: options::Versions = read("registry::version", options)?;
        let registry = types::patient(&context, options.wait())?;
        let version = types::version(&version)?;
        let version = if options.deleted {
            registry.version_ever(&subject, version)
        } else {
            registry.version(&subject, version)
        };
        Ok(types::registered(found(&registry, &subject, version)?))
    }

    /// The version under which a subject holds a schema.
    ///
    /// `schema` is a `Schema`, JSON text or a map.
    ///
    /// Returns a map as `registry::version`, or `()` if it does not hold it.
    ///
    /// ```rhai
    /// registry::lookup("lookup-example-value", `"string"`) // => ()
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn lookup(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
    ) -> RhaiResultOf<Dynamic> {
        lookup_with(context, subject, schema, Map::new())
    }

    /// The version under which a subject holds a schema.
    ///
    /// `schema` is a `Schema`, text or a map. `options` has `type` (`"AVRO"`, `"JSON"` or
    /// `"PROTOBUF"`); `references`, an array of maps with `name`, `subject` and `version`; and
    /// `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns a map as `registry::version`, or `()` if it does not hold it.
    ///
    /// ```rhai
    /// registry::register("lookup-in-example-value", `"string"`);
    /// registry::lookup("lookup-in-example-value", `"string"`, #{ timeout: 5 }).version // => 1
    /// ```
    #[rhai_fn(name = "lookup", volatile, return_raw)]
    pub fn lookup_with(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
        options: Map,
    ) -> RhaiResultOf<Dynamic> {
        let options: options::Given = read("registry::lookup", options)?;
        let registry = types::patient(&context, options.wait())?;
        let draft = types::draft(&schema, options.kind.as_deref(), options.references)?;
        let found = registry.lookup(&subject, &draft)?;
        Ok(found.map_or(Dynamic::UNIT, |found| types::registered(found).into()))
    }

    /// The languages of schemas that the registry knows, sorted: `AVRO`, `JSON`, `PROTOBUF`.
    ///
    /// ```rhai
    /// registry::schema_types() // => ["AVRO"]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn schema_types(context: NativeCallContext) -> RhaiResultOf<Array> {
        Ok(types::names(of(&context)?.types()?))
    }
}
