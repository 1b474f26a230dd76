//! Where the registry is.

use rhai::plugin::*;

use crate::modules::error::RhaiResultOf;
use crate::modules::registry::types::registry as of;

/// Where the registry is.
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
}
