//! Registering schemas.

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::clients::registry::Terms;
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read;
use crate::modules::registry::{each, options, types};

/// Registering schemas.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
    /// Registers an Avro schema under a subject, unless it is there already.
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
        register_with(context, subject, schema, Map::new())
    }

    /// Registers a schema under a subject, unless it is there already.
    ///
    /// `schema` is a `Schema`, text, or a map unless it is of type `PROTOBUF`. `options` has `type`
    /// (`"AVRO"`, `"JSON"` or `"PROTOBUF"`); `references`, an array of maps with `name`, `subject`
    /// and `version`: the schemas that it uses by name; `normalize`, true to have the registry
    /// bring it into its normal form; `id` and `version`, those it had elsewhere, for a registry in
    /// mode `IMPORT`; and `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns the schema's id. An error of kind `conflict` tells why the schema is incompatible
    /// with earlier ones, one of kind `invalid` what is wrong with it, one of kind `unsupported`
    /// that the registry does not know its language.
    ///
    /// ```rhai
    /// registry::register("used-example-value", `{"type": "enum", "name": "Used", "symbols": ["ON"]}`);
    /// let uses = [#{ name: "Used", subject: "used-example-value", version: 1 }];
    /// registry::register("uses-example-value", `["null", "Used"]`, #{ references: uses });
    /// let message = registry::encode("uses-example-value", "ON");
    /// registry::decode(message) // => "ON"
    /// ```
    #[rhai_fn(name = "register", volatile, return_raw)]
    pub fn register_with(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
        options: Map,
    ) -> RhaiResultOf<i64> {
        let options: options::Register = read("registry::register", options)?;
        let registry = types::patient(&context, options.wait())?;
        let options::Register { normalize, id, version, .. } = options;
        let draft = types::draft(&schema, options.kind.as_deref(), options.references)?;
        Ok(registry.register(&subject, &draft, Terms { normalize, id, version })?.into())
    }

    /// What becomes of many schemas, in a `for` loop.
    pub type Registrations = each::Registrations;

    /// Registers many Avro schemas, some at a time.
    ///
    /// `schemas` is an array of maps with `subject` and `schema`, a `Schema`, JSON text or a map.
    /// `options` has `parallel`, how many are on their way at once, from 1 up (8), and `timeout`, the seconds
    /// to wait for each answer (10).
    ///
    /// Returns what a `for` loop goes through: a map for each schema as soon as it is known what
    /// becomes of it, with `subject`, `result` and `id`. `result` is `registered`, `unchanged` where
    /// the subject holds it already, `incompatible` or `failed`; the last two have no `id`, but the
    /// `error`: a map with `kind`, `message` and the rest. The loop ends with an error where all the others would
    /// fail as well: of kind `unreachable`, `denied` or `cancelled`. An error of kind `invalid` says
    /// before the first which of them is no schema.
    ///
    /// ```rhai
    /// let schemas = [#{ subject: "each-example-value", schema: `"string"` }];
    /// let results = [];
    /// for done in registry::register_each(schemas, #{ parallel: 2 }) { results.push(done.result); }
    /// results // => ["registered"]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn register_each(
        context: NativeCallContext,
        schemas: Array,
        options: Map,
    ) -> RhaiResultOf<Registrations> {
        let options: options::Each = read("registry::register_each", options)?;
        let registry = types::patient(&context, options.wait())?;
        let all = each::registrations(&schemas)?;
        Ok(Registrations::new(registry.register_each(all, options.parallel.get() as usize)))
    }

    /// Reads the text of a schema in any language from a file.
    ///
    /// `path` is a file, from the folder in which the run was started; `avro::load` reads Avro
    /// schemas, and says at once what is wrong with them.
    ///
    /// Returns the text. An error of kind `not_found` names the file.
    ///
    /// ```rhai
    /// try { registry::load("missing.proto") } catch (err) { print(err.message); }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn load(path: ImmutableString) -> RhaiResultOf<String> {
        types::file(&path)
    }
}
