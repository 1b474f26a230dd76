//! Modes: whether schemas may be registered.

use rhai::plugin::*;
use rhai::{ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read;
use crate::modules::registry::options;
use crate::modules::registry::types::{self, registry as of};

/// Modes: whether schemas may be registered.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
    /// The mode of all subjects that have none of their own.
    ///
    /// Returns a word: `READWRITE`, `READONLY` or `IMPORT`, in which schemas are registered with
    /// the ids and versions that they had elsewhere.
    ///
    /// ```rhai
    /// registry::mode() // => "READWRITE"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn mode(context: NativeCallContext) -> RhaiResultOf<String> {
        Ok(of(&context)?.mode(None)?)
    }

    /// The mode that holds for a subject.
    ///
    /// ```rhai
    /// registry::mode("mode-example-value") // => "READWRITE"
    /// ```
    #[rhai_fn(name = "mode", volatile, return_raw)]
    pub fn mode_of(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<String> {
        Ok(of(&context)?.mode(Some(&subject))?)
    }

    /// The mode that holds for a subject, or for all that have none of their own.
    ///
    /// `subject` is text, or `()` for the mode of all; `options` has `timeout`, the seconds to wait
    /// for an answer (10).
    ///
    /// ```rhai
    /// registry::mode((), #{ timeout: 5 }) // => "READWRITE"
    /// ```
    #[rhai_fn(name = "mode", volatile, return_raw)]
    pub fn mode_with(
        context: NativeCallContext,
        subject: Dynamic,
        options: Map,
    ) -> RhaiResultOf<String> {
        let options: options::Plain = read("registry::mode", options)?;
        let registry = types::patient(&context, options.wait())?;
        Ok(registry.mode(types::subject(&subject)?.as_deref())?)
    }

    /// The mode that a subject has of its own.
    ///
    /// Returns the word, or `()` where the mode of all subjects holds for it.
    ///
    /// ```rhai
    /// registry::own_mode("own-mode-example-value") // => ()
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn own_mode(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<Dynamic> {
        own_mode_with(context, subject, Map::new())
    }

    /// The mode that a subject has of its own.
    ///
    /// `options` has `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns the word, or `()` where the mode of all subjects holds for it.
    ///
    /// ```rhai
    /// registry::own_mode("own-mode-in-example-value", #{ timeout: 5 }) // => ()
    /// ```
    #[rhai_fn(name = "own_mode", volatile, return_raw)]
    pub fn own_mode_with(
        context: NativeCallContext,
        subject: ImmutableString,
        options: Map,
    ) -> RhaiResultOf<Dynamic> {
        let options: options::Plain = read("registry::own_mode", options)?;
        let mode = types::patient(&context, options.wait())?.own_mode(&subject)?;
        Ok(mode.map_or(Dynamic::UNIT, Dynamic::from))
    }

    /// Sets the mode of all subjects that have none of their own.
    ///
    /// `mode` is `READWRITE`, `READONLY` or `IMPORT`. An error of kind `usage` says that it is
    /// none.
    ///
    /// ```rhai
    /// registry::set_mode("READWRITE");
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn set_mode(context: NativeCallContext, mode: ImmutableString) -> RhaiResultOf<()> {
        Ok(of(&context)?.set_mode(None, types::mode(&mode)?, false)?)
    }

    /// Sets the mode of a subject.
    ///
    /// `mode` is a word as in `registry::set_mode(mode)`. An error of kind `usage` says that it is
    /// none.
    ///
    /// ```rhai
    /// registry::set_mode("set-mode-example-value", "READONLY");
    /// registry::mode("set-mode-example-value") // => "READONLY"
    /// ```
    #[rhai_fn(name = "set_mode", volatile, return_raw)]
    pub fn set_mode_of(
        context: NativeCallContext,
        subject: ImmutableString,
        mode: ImmutableString,
    ) -> RhaiResultOf<()> {
        Ok(of(&context)?.set_mode(Some(&subject), types::mode(&mode)?, false)?)
    }

    /// Sets the mode of a subject, or of all that have none of their own.
    ///
    /// `subject` is text, or `()` for all; `mode` a word as in `registry::set_mode(mode)`;
    /// `options` has `force`, true to set `IMPORT` although schemas are registered; and `timeout`,
    /// the seconds to wait for an answer (10).
    ///
    /// ```rhai
    /// registry::set_mode("force-example-value", "IMPORT", #{ force: true });
    /// registry::own_mode("force-example-value") // => "IMPORT"
    /// ```
    #[rhai_fn(name = "set_mode", volatile, return_raw)]
    pub fn set_mode_with(
        context: NativeCallContext,
        subject: Dynamic,
        mode: ImmutableString,
        options: Map,
    ) -> RhaiResultOf<()> {
        let options: options::Force = read("registry::set_mode", options)?;
        let registry = types::patient(&context, options.wait())?;
        let (subject, mode) = (types::subject(&subject)?, types::mode(&mode)?);
        Ok(registry.set_mode(subject.as_deref(), mode, options.force)?)
    }

    /// Takes the mode of a subject away: the one of all subjects holds for it again.
    ///
    /// Returns whether it had one.
    ///
    /// ```rhai
    /// registry::set_mode("delete-mode-example-value", "READONLY");
    /// registry::delete_mode("delete-mode-example-value");
    /// registry::mode("delete-mode-example-value") // => "READWRITE"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete_mode(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<bool> {
        delete_mode_with(context, subject, Map::new())
    }

    /// Takes the mode of a subject away: the one of all subjects holds for it again.
    ///
    /// `options` has `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns whether it had one.
    ///
    /// ```rhai
    /// registry::delete_mode("no-mode-example-value", #{ timeout: 5 }) // => false
    /// ```
    #[rhai_fn(name = "delete_mode", volatile, return_raw)]
    pub fn delete_mode_with(
        context: NativeCallContext,
        subject: ImmutableString,
        options: Map,
    ) -> RhaiResultOf<bool> {
        let options: options::Plain = read("registry::delete_mode", options)?;
        Ok(types::patient(&context, options.wait())?.delete_mode(&subject)?)
    }
}
