//! Schemas under subjects.

use rhai::plugin::*;
use rhai::{ImmutableString, Map};

use crate::formats::avro::Schema;
use crate::modules::error::RhaiResultOf;
use crate::modules::registry::types::{self, registry as of};
use crate::modules::schema::schema as schema_of;

/// Schemas under subjects.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
    /// Registers a schema under a subject, unless it is there already.
    ///
    /// `schema` is a `Schema`, JSON text or a map.
    ///
    /// Returns the schema's id. An error of kind `conflict` tells why the schema is incompatible
    /// with earlier ones, one of kind `invalid` what is wrong with it.
    ///
    /// ```rhai
    /// let id = registry::register("register-example-value", `"string"`);
    /// id == registry::latest("register-example-value").id // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn register(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
    ) -> RhaiResultOf<i64> {
        Ok(of(&context)?.register(&subject, &schema_of(&schema)?)?.into())
    }

    /// The schema with an id; asked for once in a run.
    ///
    /// An error of kind `not_found` says that there is no such id.
    ///
    /// ```rhai
    /// let id = registry::register("schema-example-value", `"long"`);
    /// registry::schema(id).name // => "long"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn schema(context: NativeCallContext, id: i64) -> RhaiResultOf<Schema> {
        Ok(of(&context)?.schema(types::id(id)?)?)
    }

    /// The latest version of a subject.
    ///
    /// Returns a map with `subject`, `version`, `id` and `schema`, a `Schema`. An error of kind
    /// `not_found` says that there is no such subject.
    ///
    /// ```rhai
    /// registry::register("latest-example-value", `"string"`);
    /// registry::latest("latest-example-value").version // => 1
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn latest(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<Map> {
        Ok(types::registered(of(&context)?.latest(&subject)?))
    }

    /// One version of a subject.
    ///
    /// `version` is a number from 1 up, or `"latest"`.
    ///
    /// Returns a map with `subject`, `version`, `id` and `schema`, a `Schema`. An error of kind
    /// `not_found` says whether the subject or the version is missing.
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
        let version = types::version(&version)?;
        Ok(types::registered(of(&context)?.version(&subject, version)?))
    }

    /// The version under which a subject holds a schema.
    ///
    /// `schema` is a `Schema`, JSON text or a map.
    ///
    /// Returns a map with `subject`, `version`, `id` and `schema`, or `()` if it does not hold it.
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
        let found = of(&context)?.lookup(&subject, &schema_of(&schema)?)?;
        Ok(found.map_or(Dynamic::UNIT, |found| types::registered(found).into()))
    }
}
