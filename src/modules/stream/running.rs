//! A pipeline in the background as a script holds it.

use std::sync::{Arc, Mutex, PoisonError};

use rhai::{Map, NativeCallContext};

use super::script::Home;
use super::types::Pipeline;
use crate::context::script;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::stream;

/// A pipeline that runs on a thread of its own; clones are the same one.
#[derive(Clone)]
pub struct Running {
    pipeline: Pipeline,
    threads: Arc<Mutex<stream::Running>>,
}

impl Running {
    /// Starts `pipeline` in the run of `call`.
    pub fn start(call: &NativeCallContext, pipeline: &Pipeline) -> RhaiResultOf<Running> {
        let context = call::context(call)?;
        let home = Home::of(call, &context)?;
        script::begin_pipeline(&context)?;
        let running = stream::Running::start(&context, pipeline.build(&home, &context)?);
        Ok(Running { pipeline: pipeline.clone(), threads: Arc::new(Mutex::new(running)) })
    }

    /// Stops it, and says what it did.
    pub fn stop(&self) -> RhaiResultOf<Map> {
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(self.pipeline.summary(threads.stop()?.into_iter()))
    }
}
