//! The functions of a script, for its closures that are called later or on another thread.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use rhai::{AST, Engine, FnPtr, NativeCallContext};

use super::engines;
use crate::context::Context;
use crate::error::Failure;

/// An engine like that of the script, with its functions.
#[derive(Clone)]
pub struct Home {
    /// Has the modules and limits of every engine of the run.
    pub engine: Arc<Engine>,
    /// The script's functions, without its statements.
    pub functions: Arc<AST>,
}

/// The engine that homes of a run share, for as long as one of them is left: the engine holds on to
/// its run.
#[derive(Default)]
struct Shared(Mutex<Weak<Engine>>);

impl Home {
    /// A home with an engine of its own that outlives the script's `call`.
    pub fn own(call: &NativeCallContext, context: &Context) -> Result<Home, Failure> {
        Ok(Home { engine: Arc::new(engines::engine(context)?), functions: functions(call) })
    }

    /// A home that outlives the script's `call`, cheap where there are thousands.
    pub fn shared(call: &NativeCallContext, context: &Context) -> Result<Home, Failure> {
        let shared = context.resource(|| Ok::<_, Failure>(Shared::default()))?;
        let mut shared = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
        let engine = match shared.upgrade() {
            Some(engine) => engine,
            None => Arc::new(engines::engine(context)?),
        };
        *shared = Arc::downgrade(&engine);
        Ok(Home { engine, functions: functions(call) })
    }

    /// How many arguments `closure` takes, beside what it captured, where it is a function of the
    /// script that takes another number than `wanted`.
    pub fn takes_other_than(&self, wanted: usize, closure: &FnPtr) -> Option<usize> {
        let named = self.functions.iter_functions().filter(|one| one.name == closure.fn_name());
        let captured = closure.iter_curry().count();
        let mut takes = named.map(|one| one.params.len().saturating_sub(captured)).peekable();
        let first = takes.peek().copied();
        first.filter(|_| takes.all(|count| count != wanted))
    }
}

fn functions(call: &NativeCallContext) -> Arc<AST> {
    let all = call
        .namespaces()
        .iter()
        .fold(AST::empty(), |all, namespace| all.merge(&AST::new_from_module(namespace.clone())));
    Arc::new(all)
}
