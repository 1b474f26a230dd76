//! How a run finds its servers.

use std::any::Any;

use crate::error::Failure;
use crate::settings::{Endpoints, Settings};

/// Finds the endpoints of a run when the first client asks: joins or starts the embedded stack.
pub type Locate = Box<dyn Fn(&Settings) -> Result<Located, Failure> + Send + Sync>;

/// Endpoints, and what must live as long as they are used (an embedded stack of this process).
pub struct Located {
    /// The addresses.
    pub endpoints: Endpoints,
    /// Dropped at the end of the run.
    pub keep: Option<Box<dyn Any + Send + Sync>>,
}
