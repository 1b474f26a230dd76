//! How a run finds its servers.

use std::any::Any;

use super::Context;
use crate::error::Failure;
use crate::settings::{Endpoints, Settings};

/// Finds the endpoints of a run when the first client asks: joins or starts the embedded stack.
pub type Locate = Box<dyn Fn(&Settings) -> Result<Located, Failure> + Send + Sync>;

/// Endpoints, and what must live as long as they are used (an embedded stack of this process).
pub struct Located {
    /// The addresses.
    pub endpoints: Endpoints,
    /// Dropped at the end of the run, one after the other.
    pub keep: Vec<Box<dyn Any + Send + Sync>>,
}

impl Context {
    /// The `T` that was found with the endpoints and lives as long as the run: the embedded stack
    /// that the run started for itself, if it did.
    pub fn kept<T: Any>(&self) -> Result<Option<&T>, Failure> {
        self.endpoints()?;
        let located = self.inner.located.get();
        let mut kept = located.into_iter().flat_map(|located| &located.keep);
        Ok(kept.find_map(|kept| kept.downcast_ref::<T>()))
    }
}
