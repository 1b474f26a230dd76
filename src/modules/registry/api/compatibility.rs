//! What may follow what.

use rhai::plugin::*;
use rhai::{ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::registry::types::{self, registry as of};
use crate::modules::schema::schema as schema_of;

/// What may follow what.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
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
}
