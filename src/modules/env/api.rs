//! The page a script author reads.

use rhai::plugin::*;
use rhai::{ImmutableString, Map};

use super::types;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;

/// Environment variables and the run itself.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs)] // of the code that the macro writes
pub mod env {
    /// Reads the environment variable `name`.
    ///
    /// `name` starts with `KAFKAEFD_VAR_`: a script sees no other variable.
    ///
    /// Returns the text, or `()` where the variable is not set. An error of kind `denied` says that
    /// the variable is not one for scripts.
    ///
    /// ```rhai
    /// env::get("KAFKAEFD_VAR_NIGHT") // => ()
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn get(name: ImmutableString) -> RhaiResultOf<Dynamic> {
        Ok(types::variable(&name)?.map_or(Dynamic::UNIT, Dynamic::from))
    }

    /// Reads the environment variable `name`, or takes `otherwise` where it is not set.
    ///
    /// `name` starts with `KAFKAEFD_VAR_`; `otherwise` is any value.
    ///
    /// Returns the text or `otherwise`. An error of kind `denied` says that the variable is not one
    /// for scripts.
    ///
    /// ```rhai
    /// env::get("KAFKAEFD_VAR_NIGHT", "2026-01-01") // => "2026-01-01"
    /// ```
    #[rhai_fn(name = "get", volatile, return_raw)]
    pub fn get_or(name: ImmutableString, otherwise: Dynamic) -> RhaiResultOf<Dynamic> {
        Ok(types::variable(&name)?.map_or(otherwise, Dynamic::from))
    }

    /// The name of the profile of this run: `embedded`, `local`, `cluster` or one of your own.
    ///
    /// ```rhai
    /// print(`running against ${env::profile()}`);
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn profile(context: NativeCallContext) -> RhaiResultOf<String> {
        Ok(call::context(&context)?.settings().profile.clone())
    }

    /// The addresses of this run's servers; starts the embedded ones where they are the profile.
    ///
    /// Returns a map with `broker`, `registry` and `connect`, each text or `()`, and `embedded`,
    /// which is true where the servers are those of `kafkaefd` itself. An error says why the
    /// embedded servers did not start.
    ///
    /// ```rhai
    /// env::endpoints().embedded // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn endpoints(context: NativeCallContext) -> RhaiResultOf<Map> {
        Ok(types::endpoints(call::context(&context)?.endpoints()?))
    }

    /// The version of kafkaefd, for example `0.1.0`.
    ///
    /// ```rhai
    /// env::version().len > 0 // => true
    /// ```
    pub fn version() -> ImmutableString {
        env!("CARGO_PKG_VERSION").into()
    }

    /// Whether a person sees what the script prints: stdout is a terminal.
    ///
    /// ```rhai
    /// if env::is_terminal() { print("Here is the table you asked for:"); }
    /// ```
    #[rhai_fn(volatile)]
    pub fn is_terminal() -> bool {
        std::io::IsTerminal::is_terminal(&std::io::stdout())
    }

    /// Asks `question` and waits for y or n.
    ///
    /// `question` is one line, for example "Delete 3 topics?".
    ///
    /// Returns whether the answer was yes; an empty answer is no. An error of kind `usage` says that
    /// there is no terminal to ask on: give the command an option `--yes` that leaves the question
    /// out.
    ///
    /// ```rhai
    /// let args = #{ yes: true };
    /// if args.yes || env::confirm("Delete 3 topics?") { print("deleting"); }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn confirm(question: ImmutableString) -> RhaiResultOf<bool> {
        Ok(types::confirm(&question)?)
    }
}
