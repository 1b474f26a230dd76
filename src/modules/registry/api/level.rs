//! Compatibility levels.

use rhai::plugin::*;
use rhai::{ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read;
use crate::modules::registry::options;
use crate::modules::registry::types::{self, registry as of};

/// Compatibility levels.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
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

    /// The compatibility level that holds for a subject, or for all that have none of their own.
    ///
    /// `subject` is text, or `()` for the level of all; `options` has `timeout`, the seconds to
    /// wait for an answer (10).
    ///
    /// ```rhai
    /// registry::level((), #{ timeout: 5 }) // => "BACKWARD"
    /// ```
    #[rhai_fn(name = "level", volatile, return_raw)]
    pub fn level_with(
        context: NativeCallContext,
        subject: Dynamic,
        options: Map,
    ) -> RhaiResultOf<ImmutableString> {
        let options: options::Plain = read("registry::level", options)?;
        let registry = types::patient(&context, options.wait())?;
        Ok(registry.level(types::subject(&subject)?.as_deref())?.word().into())
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
        own_level_with(context, subject, Map::new())
    }

    /// The compatibility level that a subject has of its own.
    ///
    /// `options` has `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns the word, or `()` where the level of all subjects holds for it.
    ///
    /// ```rhai
    /// registry::own_level("own-level-in-example-value", #{ timeout: 5 }) // => ()
    /// ```
    #[rhai_fn(name = "own_level", volatile, return_raw)]
    pub fn own_level_with(
        context: NativeCallContext,
        subject: ImmutableString,
        options: Map,
    ) -> RhaiResultOf<Dynamic> {
        let options: options::Plain = read("registry::own_level", options)?;
        let level = types::patient(&context, options.wait())?.own_level(&subject)?;
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

    /// Sets the compatibility level of a subject, or of all that have none of their own.
    ///
    /// `subject` is text, or `()` for all; `level` a word as in `registry::set_level(level)`;
    /// `options` has `timeout`, the seconds to wait for an answer (10).
    ///
    /// ```rhai
    /// registry::set_level((), "BACKWARD", #{ timeout: 5 });
    /// ```
    #[rhai_fn(name = "set_level", volatile, return_raw)]
    pub fn set_level_with(
        context: NativeCallContext,
        subject: Dynamic,
        level: ImmutableString,
        options: Map,
    ) -> RhaiResultOf<()> {
        let options: options::Plain = read("registry::set_level", options)?;
        let registry = types::patient(&context, options.wait())?;
        Ok(registry.set_level(types::subject(&subject)?.as_deref(), types::level(&level)?)?)
    }

    /// Takes the compatibility level of a subject away: the one of all subjects holds for it again.
    ///
    /// Returns whether it had one.
    ///
    /// ```rhai
    /// registry::set_level("delete-level-example-value", "FULL");
    /// registry::delete_level("delete-level-example-value");
    /// registry::level("delete-level-example-value") // => "BACKWARD"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete_level(
        context: NativeCallContext,
        subject: ImmutableString,
    ) -> RhaiResultOf<bool> {
        Ok(of(&context)?.delete_level(Some(&subject))?)
    }

    /// Takes the compatibility level of a subject away, or takes the one of all subjects back to
    /// the registry's default.
    ///
    /// `subject` is text, or `()` for the level of all; `options` has `timeout`, the seconds to
    /// wait for an answer (10).
    ///
    /// Returns whether there was one.
    ///
    /// ```rhai
    /// registry::delete_level("no-level-example-value", #{ timeout: 5 }) // => false
    /// ```
    #[rhai_fn(name = "delete_level", volatile, return_raw)]
    pub fn delete_level_with(
        context: NativeCallContext,
        subject: Dynamic,
        options: Map,
    ) -> RhaiResultOf<bool> {
        let options: options::Plain = read("registry::delete_level", options)?;
        let registry = types::patient(&context, options.wait())?;
        Ok(registry.delete_level(types::subject(&subject)?.as_deref())?)
    }
}
