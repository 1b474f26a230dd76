//! How a native function reaches the run it is called in.

use rhai::NativeCallContext;

use super::error::RhaiResultOf;
use crate::context::Context;
use crate::error::{Failure, Kind};

/// The run that `call` belongs to; the host tags every engine with it.
pub fn context(call: &NativeCallContext) -> RhaiResultOf<Context> {
    call.tag()
        .and_then(|tag| tag.clone().try_cast::<Context>())
        .ok_or_else(|| Failure::new(Kind::Failed, "this engine was built without a run").into())
}
