//! What lasts from line to line: variables, functions, imports, constants, the text so far.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use rhai::{AST, Dynamic, Engine, EvalAltResult, ImmutableString, Module, Scope, Stmt};

use super::last::{self, LAST};
use crate::context::{Context, sources};
use crate::host;

/// The first statement of every line: it brings back the constants of earlier ones.
const RESTORE: &str = "session_constants";

/// What functions see as `global::NAME`.
type Constants = Arc<RwLock<BTreeMap<ImmutableString, Dynamic>>>;

/// An engine with what the lines so far left behind.
pub struct Session {
    /// The engine, as every script gets it.
    pub engine: Engine,
    /// Variables and constants.
    pub scope: Scope<'static>,
    context: Context,
    constants: Constants,
    functions: AST,
    imports: AST,
    /// The session as one script, so that an error in an earlier line shows that line.
    text: String,
}

impl Session {
    /// An empty session.
    pub fn new(context: &Context) -> Result<Session, Box<EvalAltResult>> {
        let mut engine = host::build(context);
        last::teach(&mut engine);
        let constants = Constants::default();
        restore(&mut engine, &constants)?;
        let imports = engine.compile(format!("{RESTORE};"))?;
        let mut scope = Scope::new();
        scope.push_dynamic(LAST, Dynamic::UNIT);
        let (context, functions, text) = (context.clone(), AST::empty(), String::new());
        Ok(Session { engine, scope, context, constants, functions, imports, text })
    }

    /// Runs `line`; its value is then the variable `_`.
    pub fn run(&mut self, line: &str) -> Result<Dynamic, Box<EvalAltResult>> {
        self.context.renew();
        let start = self.text.matches('\n').count();
        self.text.extend([line, "\n"]);
        sources::note(&self.context, super::NAME, &self.text);
        let own = self.engine.compile(format!("{}{}", "\n".repeat(start), last::marked(line)))?;
        let mut all = self.imports.merge(&self.functions).merge(&own);
        all.set_source(super::NAME);
        let value = self.engine.eval_ast_with_scope::<Dynamic>(&mut self.scope, &all)?.flatten();
        let imports = own.statements().iter().filter(|s| matches!(s, Stmt::Import(..))).cloned();
        self.imports = self.imports.merge(&AST::new(imports, Module::new()));
        self.functions = all.clone_functions_only();
        if !value.is_unit() {
            self.scope.set_value(LAST, value.clone());
        }
        self.scope = self.scope.clone_visible();
        self.note_constants();
        Ok(value)
    }

    /// The engine itself notes constants only where there is a function already.
    fn note_constants(&self) {
        let mut constants = self.constants.write().unwrap_or_else(PoisonError::into_inner);
        for (name, _, value) in self.scope.iter_raw().filter(|(_, constant, _)| *constant) {
            constants.insert(name.into(), value.clone());
        }
    }

    /// The functions that lines have defined.
    pub fn functions(&self) -> impl Iterator<Item = rhai::ScriptFnMetadata<'_>> {
        self.functions.iter_functions().filter(|function| !function.name.starts_with("anon$"))
    }

    /// Names and values of the variables.
    pub fn variables(&self) -> impl Iterator<Item = (&str, &Dynamic)> {
        self.scope
            .iter_raw()
            .map(|(name, _, value)| (name, value))
            .filter(|(name, _)| *name != LAST)
    }
}

fn restore(engine: &mut Engine, constants: &Constants) -> Result<(), Box<EvalAltResult>> {
    let constants = constants.clone();
    engine.register_custom_syntax([RESTORE], false, move |context, _| {
        context.global_runtime_state_mut().constants = Some(constants.clone());
        Ok(Dynamic::UNIT)
    })?;
    Ok(())
}
