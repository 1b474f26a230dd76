//! An expression over `record`.

use std::sync::Arc;

use rhai::{
    AST, ASTNode, Dynamic, Engine, EvalAltResult, Expr, Map, NativeCallContext, Position, Scope,
    Stmt,
};

use crate::clients::kafka::Record;
use crate::context::sources;
use crate::error::{Failure, Kind};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::type_word::a_type;

/// What error reports call the text of a filter.
const NAME: &str = "filter";

/// An expression over `record` that says which records to keep. It runs in the engine of the
/// script that made it, within the limits of the run.
#[derive(Clone)]
pub struct Filter {
    text: Arc<str>,
    ast: Arc<AST>,
}

impl Filter {
    /// Compiles `text` once.
    pub fn compile(call: &NativeCallContext, text: &str) -> RhaiResultOf<Filter> {
        sources::note(&call::context(call)?, NAME, text);
        if text.trim().is_empty() {
            let why = "cannot filter records: the expression is empty";
            return Err(Failure::new(Kind::Usage, why)
                .with_remedy("write one over `record`, as `record.value.temp > 20.0`")
                .into());
        }
        let mut ast = call
            .engine()
            .compile(text)
            .map_err(|error| inside("", EvalAltResult::from(error).into()))?;
        ast.set_source(NAME);
        if let Some((name, position)) = stranger(&ast) {
            let why = format!("unknown variable `{name}`: an expression knows `record`");
            let mut error: Box<EvalAltResult> = Failure::new(Kind::Usage, why).into();
            error.set_position(position);
            return Err(inside("", error).into());
        }
        Ok(Filter { text: text.into(), ast: ast.into() })
    }

    /// The filter in the option `where` of `given`, which is taken out: text or a `Filter`.
    pub fn take(call: &NativeCallContext, given: &mut Map) -> RhaiResultOf<Option<Filter>> {
        let value = given.remove("where").filter(|value| !value.is_unit());
        value.map(|value| Filter::of(call, &value)).transpose()
    }

    /// The filter that `value` is: text, or a `Filter`.
    pub fn of(call: &NativeCallContext, value: &Dynamic) -> RhaiResultOf<Filter> {
        if let Some(filter) = value.read_lock::<Filter>() {
            return Ok(filter.clone());
        }
        match value.as_immutable_string_ref() {
            Ok(text) => Filter::compile(call, &text),
            Err(found) => Err(Failure::new(
                Kind::Usage,
                format!("a filter is an expression as text or a Filter, not {}", a_type(found)),
            )
            .into()),
        }
    }

    /// Whether the expression is true for `record`.
    pub fn keeps(&self, engine: &Engine, record: &Record) -> RhaiResultOf<bool> {
        let phrase = || format!("the filter of {}", place(record));
        let mut scope = Scope::new();
        scope.push_constant_dynamic("record", Dynamic::from(record.clone()));
        let answer = engine
            .eval_ast_with_scope::<Dynamic>(&mut scope, &self.ast)
            .map_err(|error| inside(&phrase(), error))?;
        answer.as_bool().map_err(|_| {
            let found: String = format!("{answer:?}").chars().take(40).collect();
            let why = format!("a filter is true or false, not {found}");
            let mut error: Box<EvalAltResult> =
                Failure::new(Kind::Usage, why).with_remedy("compare it with something").into();
            error.set_position(Position::new(1, 1));
            inside(&phrase(), error).into()
        })
    }

    /// The expression.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The first variable that nobody defines; not known of an expression that defines variables.
fn stranger(ast: &AST) -> Option<(String, Position)> {
    let (mut defines, mut found) = (ast.iter_functions().next().is_some(), None);
    ast.walk(&mut |nodes: &[ASTNode]| {
        match nodes.last() {
            Some(ASTNode::Stmt(Stmt::Var(..) | Stmt::For(..) | Stmt::Import(..))) => defines = true,
            Some(ASTNode::Expr(Expr::Variable(variable, _, position)))
                if variable.1 != "record" && variable.2.is_empty() && found.is_none() =>
            {
                found = Some((variable.1.to_string(), *position));
            }
            _ => {}
        }
        true
    });
    found.filter(|_| !defines)
}

/// Where `record` was read: `topic[partition]@offset`.
pub fn place(record: &Record) -> String {
    format!("{}[{}]@{}", record.topic(), record.partition(), record.offset())
}

/// The error with the text it belongs to, which is not that of the script.
fn inside(phrase: &str, error: Box<EvalAltResult>) -> EvalAltResult {
    EvalAltResult::ErrorInFunctionCall(phrase.to_owned(), NAME.to_owned(), error, Position::NONE)
}
