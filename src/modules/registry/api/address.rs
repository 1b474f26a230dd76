//! Where the registry is, and how long it may take.

use rhai::plugin::*;

use crate::modules::error::RhaiResultOf;
use crate::modules::registry::types::{self, registry as of};

/// Where the registry is, and how long it may take.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
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
