//! What `#[export_module]` writes its code against: Rhai, with errors that know their place.
//!
//! Rhai gives an error of `kafka::topics()` no position, though it gives one to `x.topics()`. A
//! module with `root = "crate::modules::placed"` registers each function so that it fills in the
//! position of its call.

use std::any::TypeId;

pub use rhai::*;

use rhai::plugin::{PluginFunc, RhaiResult};

/// Rhai's builder of the same name, as far as the code of `#[export_module]` needs it.
pub struct FuncRegistration(rhai::FuncRegistration);

impl FuncRegistration {
    /// Starts to register the function `name`.
    pub fn new(name: &str) -> FuncRegistration {
        FuncRegistration(rhai::FuncRegistration::new(name))
    }

    /// The same with the namespace `namespace`.
    #[must_use]
    pub fn with_namespace(self, namespace: FnNamespace) -> FuncRegistration {
        FuncRegistration(self.0.with_namespace(namespace))
    }

    /// The same with the parameters `params`, and the type it returns last.
    #[must_use]
    pub fn with_params_info(self, params: &[&str]) -> FuncRegistration {
        FuncRegistration(self.0.with_params_info(params))
    }

    /// The same with the page that a script author reads.
    #[must_use]
    pub fn with_comments(self, comments: &[&str]) -> FuncRegistration {
        FuncRegistration(self.0.with_comments(comments))
    }

    /// Adds `function`, which takes arguments of `types`, to `module`.
    pub fn set_into_module_raw(self, module: &mut Module, types: &[TypeId], function: Function) {
        self.0.set_into_module_raw(module, types, function.0);
    }
}

/// A function whose errors know their place.
pub struct Function(RhaiFunc);

impl<F: PluginFunc + Send + Sync + 'static> From<F> for Function {
    fn from(function: F) -> Function {
        Function(Placed(function).into())
    }
}

struct Placed<F>(F);

impl<F: PluginFunc> PluginFunc for Placed<F> {
    fn call(&self, context: Option<NativeCallContext>, args: &mut [&mut Dynamic]) -> RhaiResult {
        let position = context.as_ref().map_or(Position::NONE, NativeCallContext::call_position);
        self.0.call(context, args).map_err(|mut error| {
            if error.position().is_none() {
                error.set_position(position);
            }
            error
        })
    }

    fn is_method_call(&self) -> bool {
        self.0.is_method_call()
    }

    /// The position is in it.
    fn has_context(&self) -> bool {
        true
    }

    fn is_pure(&self) -> bool {
        self.0.is_pure()
    }

    fn is_volatile(&self) -> bool {
        self.0.is_volatile()
    }
}
