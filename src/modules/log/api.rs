//! The page a script author reads.

use rhai::plugin::*;

#[export_module]
#[allow(missing_docs)]
pub mod log {}
