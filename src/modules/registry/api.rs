//! The page a script author reads.

use rhai::plugin::*;
use rhai::{Array, Blob, ImmutableString, Map};

use super::types;
use super::types::registry as of;
use crate::formats::avro::Schema;
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read_options;
use crate::modules::schema::schema as schema_of;
use crate::modules::{call, payload};

/// The Schema Registry: subjects, versions, ids, compatibility.
///
/// Errors have the kinds `unreachable`, `timeout`, `denied`, `not_found`, `conflict`, `invalid` and
/// `failed`; `code` is the registry's own number, for example 40401.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
    /// The names of all subjects, sorted.
    ///
    /// ```rhai
    /// registry::register("list-example-value", `"string"`);
    /// registry::subjects().contains("list-example-value") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn subjects(context: NativeCallContext) -> RhaiResultOf<Array> {
        Ok(of(&context)?.subjects()?.into_iter().map(Dynamic::from).collect())
    }

    /// The names of the subjects that match a regular expression, sorted.
    ///
    /// `pattern` must match from the start of the name, not up to its end: `lsst` finds
    /// `lsst.sal.X`. An error of kind `usage` says what is wrong with it.
    ///
    /// ```rhai
    /// registry::register("match-example-value", `"string"`);
    /// registry::subjects("match-ex.*value") // => ["match-example-value"]
    /// ```
    #[rhai_fn(name = "subjects", volatile, return_raw)]
    pub fn subjects_like(
        context: NativeCallContext,
        pattern: ImmutableString,
    ) -> RhaiResultOf<Array> {
        types::matching(&pattern, || Ok(of(&context)?.subjects()?))
    }

    /// The numbers of the versions of a subject, in rising order.
    ///
    /// An error of kind `not_found` says that there is no such subject.
    ///
    /// ```rhai
    /// registry::register("versions-example-value", `"string"`);
    /// registry::versions("versions-example-value") // => [1]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn versions(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<Array> {
        Ok(types::numbers(of(&context)?.versions(&subject)?))
    }

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

    /// Whether a schema may be registered under a subject.
    ///
    /// `schema` is a `Schema`, JSON text or a map. Anything may be registered under a new subject.
    ///
    /// ```rhai
    /// registry::register("compatible-example-value", `"int"`);
    /// registry::compatible("compatible-example-value", `"string"`) // => false
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn compatible(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
    ) -> RhaiResultOf<bool> {
        Ok(of(&context)?.compatible(&subject, None, &schema_of(&schema)?)?.compatible)
    }

    /// Whether a schema may follow one version of a subject, and why not.
    ///
    /// `schema` is a `Schema`, JSON text or a map; `version` a number from 1 up, or `"latest"`.
    ///
    /// Returns a map with `compatible` and `reasons`, an array of text. An error of kind
    /// `not_found` says that there is no such version, or names the subject that was meant.
    ///
    /// ```rhai
    /// registry::register("check-example-value", `"int"`);
    /// registry::check("check-example-value", `"string"`, "latest").compatible // => false
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn check(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
        version: Dynamic,
    ) -> RhaiResultOf<Map> {
        let version = types::version(&version)?;
        let schema = schema_of(&schema)?;
        let registry = of(&context)?;
        types::existing(&registry, &subject)?;
        Ok(types::verdict(registry.compatible(&subject, Some(version), &schema)?))
    }

    /// The compatibility level of all subjects that have none of their own.
    ///
    /// ```rhai
    /// registry::level() // => "BACKWARD"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn level(context: NativeCallContext) -> RhaiResultOf<ImmutableString> {
        Ok(of(&context)?.level(None)?.word().into())
    }

    /// The compatibility level that holds for a subject.
    ///
    /// ```rhai
    /// registry::level("level-example-value") // => "BACKWARD"
    /// ```
    #[rhai_fn(name = "level", volatile, return_raw)]
    pub fn level_of(
        context: NativeCallContext,
        subject: ImmutableString,
    ) -> RhaiResultOf<ImmutableString> {
        Ok(of(&context)?.level(Some(&subject))?.word().into())
    }

    /// The compatibility level that a subject has of its own.
    ///
    /// Returns the word, or `()` where the level of all subjects holds for it.
    ///
    /// ```rhai
    /// registry::own_level("own-level-example-value") // => ()
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn own_level(
        context: NativeCallContext,
        subject: ImmutableString,
    ) -> RhaiResultOf<Dynamic> {
        let level = of(&context)?.own_level(&subject)?;
        Ok(level.map_or(Dynamic::UNIT, |level| level.word().into()))
    }

    /// Sets the compatibility level of all subjects that have none of their own.
    ///
    /// `level` is `NONE`, `BACKWARD`, `FORWARD`, `FULL`, or one of the last three with
    /// `_TRANSITIVE`, which looks at all versions. An error of kind `usage` says that it is none.
    ///
    /// ```rhai
    /// registry::set_level("BACKWARD");
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn set_level(context: NativeCallContext, level: ImmutableString) -> RhaiResultOf<()> {
        Ok(of(&context)?.set_level(None, types::level(&level)?)?)
    }

    /// Sets the compatibility level of a subject.
    ///
    /// `level` is a word as in `registry::set_level(level)`. An error of kind `usage` says that it
    /// is none.
    ///
    /// ```rhai
    /// registry::set_level("set-level-example-value", "FULL");
    /// registry::level("set-level-example-value") // => "FULL"
    /// ```
    #[rhai_fn(name = "set_level", volatile, return_raw)]
    pub fn set_level_of(
        context: NativeCallContext,
        subject: ImmutableString,
        level: ImmutableString,
    ) -> RhaiResultOf<()> {
        Ok(of(&context)?.set_level(Some(&subject), types::level(&level)?)?)
    }

    /// Deletes all versions of a subject; they can be registered again, and ids stay readable.
    ///
    /// Returns the numbers of the deleted versions. An error of kind `not_found` says that there
    /// is no such subject.
    ///
    /// ```rhai
    /// registry::register("delete-example-value", `"string"`);
    /// registry::delete("delete-example-value") // => [1]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<Array> {
        Ok(types::numbers(of(&context)?.delete(&subject, false)?))
    }

    /// Deletes a subject as `options` say.
    ///
    /// `options` has `version`, a number, to delete one version only, and `permanent`, true to
    /// delete for good what was deleted before.
    ///
    /// Returns the numbers of the deleted versions. An error of kind `not_found` says what is
    /// missing.
    ///
    /// ```rhai
    /// registry::register("delete-some-example-value", `"string"`);
    /// registry::delete("delete-some-example-value", #{ version: 1 }) // => [1]
    /// ```
    #[rhai_fn(name = "delete", volatile, return_raw)]
    pub fn delete_with(
        context: NativeCallContext,
        subject: ImmutableString,
        options: Map,
    ) -> RhaiResultOf<Array> {
        let options: types::Deletion = read_options("registry::delete", options)?;
        let registry = of(&context)?;
        Ok(types::numbers(match options.version {
            None => registry.delete(&subject, options.permanent)?,
            Some(number) => {
                let version = types::version(&number.into())?;
                vec![registry.delete_version(&subject, version, options.permanent)?]
            }
        }))
    }

    /// Encodes a value by the latest schema of a subject, with the wire header.
    ///
    /// The schema is asked for once in a run.
    ///
    /// Returns a blob that any consumer with this registry can decode. An error of kind `invalid`
    /// names the field that does not fit.
    ///
    /// ```rhai
    /// registry::register("encode-example-value", `"string"`);
    /// registry::decode(registry::encode("encode-example-value", "dome")) // => "dome"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn encode(
        context: NativeCallContext,
        subject: ImmutableString,
        value: Dynamic,
    ) -> RhaiResultOf<Blob> {
        let (id, schema) = of(&context)?.current(&subject)?;
        types::framed(id, &schema, &value)
    }

    /// Registers a schema under a subject, and encodes a value by it, with the wire header.
    ///
    /// `schema` is a `Schema`, JSON text or a map; it is registered once in a run.
    ///
    /// Returns a blob that any consumer with this registry can decode. An error of kind `conflict`
    /// says that the schema is incompatible, one of kind `invalid` names the field that does not
    /// fit.
    ///
    /// ```rhai
    /// let message = registry::encode("encode-with-example-value", `"long"`, 5);
    /// registry::decode(message) // => 5
    /// ```
    #[rhai_fn(name = "encode", volatile, return_raw)]
    pub fn encode_with(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
        value: Dynamic,
    ) -> RhaiResultOf<Blob> {
        let schema = schema_of(&schema)?;
        let id = of(&context)?.register(&subject, &schema)?;
        types::framed(id, &schema, &value)
    }

    /// Decodes a blob with a wire header by the schema that the header names.
    ///
    /// Returns the value; a blob without a header comes back as text if it is text, else as it is.
    /// An error of kind `not_found` says that the registry has no such schema, one of kind
    /// `invalid` names the field where the blob does not make sense.
    ///
    /// ```rhai
    /// registry::decode("plain text".to_blob()) // => "plain text"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn decode(context: NativeCallContext, bytes: Blob) -> RhaiResultOf<Dynamic> {
        payload::decode(&call::context(&context)?, &bytes)
    }

    /// The address of the registry.
    ///
    /// ```rhai
    /// print(`the registry is ${registry::url()}`);
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn url(context: NativeCallContext) -> RhaiResultOf<String> {
        Ok(of(&context)?.url())
    }

    /// Sets how long each later call of this run waits for an answer; 10 seconds if never set.
    ///
    /// `seconds` is an int or a float above 0. An error of kind `usage` says that it is not.
    ///
    /// ```rhai
    /// registry::set_timeout(2.5);
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn set_timeout(context: NativeCallContext, seconds: Dynamic) -> RhaiResultOf<()> {
        of(&context)?.set_timeout(types::seconds(&seconds)?);
        Ok(())
    }
}
