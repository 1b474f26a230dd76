//! The literal `ARGS`, in the order of the file, as specifications.

use rhai::{ASTFlags, Dynamic, Expr, Position, Stmt};

use super::spec::{ArgSpec, ArgType};
use crate::host::check;
use crate::host::resolver::standard;

/// What is wrong with `ARGS`, and where.
#[derive(Debug)]
pub struct Malformed {
    pub message: String,
    pub remedy: Option<String>,
    pub position: Position,
}

const KEYS: [&str; 14] = [
    "help",
    "short",
    "default_value",
    "env",
    "flag",
    "many",
    "choices",
    "positional",
    "required",
    "type",
    "value",
    "values",
    "secret",
    "dash",
];

/// Options that every command has; a script may not take their names.
const TAKEN: [&str; 8] =
    ["help", "broker", "registry", "kafka_connect", "profile", "stack", "output", "log_level"];

/// The arguments that the statements of a script declare; none without a `const ARGS`.
pub fn arguments(statements: &[Stmt]) -> Result<Vec<ArgSpec>, Malformed> {
    let Some(declared) = statements.iter().find_map(declaration) else { return Ok(Vec::new()) };
    let Expr::Map(entries, _) = declared else {
        return Err(wrong(declared.position(), "`ARGS` must be a map: #{ name: #{ … } }"));
    };
    let mut specs = Vec::new();
    for (name, value) in &entries.0 {
        match value {
            Expr::StringConstant(library, position) => specs.extend(shared(library, *position)?),
            _ => specs.push(argument(name.as_str(), value, name.pos)?),
        }
    }
    check_together(&specs, declared.position())?;
    Ok(specs)
}

/// The arguments that the module `library` of the standard library declares for all its users: an
/// entry `interfaces: "std/interfaces"` stands for them.
fn shared(library: &str, position: Position) -> Result<Vec<ArgSpec>, Malformed> {
    let unknown = |message: String, remedy| Malformed { message, remedy, position };
    let Some(inside) = library.strip_prefix("std/") else {
        let message = format!("\"{library}\" in `ARGS` is no module of the standard library");
        return Err(unknown(message, Some("write a map: #{ help: \"…\" }".to_owned())));
    };
    let script = standard(library, inside)
        .map_err(|failure| unknown(failure.message.clone(), failure.remedy))?;
    let ast = check::parse(&script)
        .map_err(|_| unknown(format!("\"{library}\" in `ARGS` cannot be read"), None))?;
    arguments(ast.statements())
}

fn declaration(statement: &Stmt) -> Option<&Expr> {
    match statement {
        Stmt::Var(variable, options, _)
            if variable.0.as_str() == "ARGS" && options.contains(ASTFlags::CONSTANT) =>
        {
            Some(&variable.1)
        }
        _ => None,
    }
}

fn argument(name: &str, value: &Expr, position: Position) -> Result<ArgSpec, Malformed> {
    if TAKEN.contains(&name) {
        let option = name.replace('_', "-");
        let message = format!("`{name}` in `ARGS`: --{option} is an option of every command");
        return Err(Malformed {
            remedy: Some("choose another name".into()),
            ..wrong(position, message)
        });
    }
    let Expr::Map(entries, _) = value else {
        let message = format!("`{name}` in `ARGS` must be a map: {name}: #{{ help: \"…\" }}");
        return Err(wrong(value.position(), message));
    };
    let mut spec = ArgSpec { name: name.to_owned(), ..ArgSpec::default() };
    for (key, value) in &entries.0 {
        let path = format!("`{name}.{}` in `ARGS`", key.as_str());
        let Some(literal) = value.get_literal_value(None) else {
            return Err(wrong(value.position(), format!("{path} must be a literal")));
        };
        set(&mut spec, key.as_str(), &literal).map_err(|problem| Malformed {
            message: format!("{path} {}", problem.0),
            remedy: problem.1,
            position: key.pos,
        })?;
    }
    Ok(spec)
}

/// What is wrong with one key, and what to do.
struct Problem(String, Option<String>);

fn set(spec: &mut ArgSpec, key: &str, value: &Dynamic) -> Result<(), Problem> {
    match key {
        "help" => spec.help = text(value)?,
        "short" => spec.short = Some(letter(value)?),
        "default_value" => spec.default = texts(value)?,
        "env" => spec.env = Some(text(value)?),
        "flag" => spec.flag = switch(value)?,
        "many" => spec.many = switch(value)?,
        "choices" => spec.choices = texts(value)?,
        "positional" => spec.positional = switch(value)?,
        "required" => spec.required = switch(value)?,
        "type" => spec.kind = kind(value)?,
        "value" => spec.value = Some(text(value)?),
        "values" => spec.values = texts(value)?,
        "secret" => spec.secret = switch(value)?,
        "dash" => spec.dash = switch(value)?,
        _ => return Err(unknown(key, &KEYS)),
    }
    Ok(())
}

fn check_together(specs: &[ArgSpec], position: Position) -> Result<(), Malformed> {
    for (index, spec) in specs.iter().enumerate() {
        let name = &spec.name;
        let earlier = specs.get(..index).unwrap_or_default();
        let same = |other: &&ArgSpec| spec.short.is_some() && other.short == spec.short;
        let problem = if spec.flag && (spec.positional || spec.many) {
            Some("a flag is neither positional nor many".to_owned())
        } else if !spec.values.is_empty() && !takes_several(spec) {
            Some("`values` are those of an option of strings, without defaults".to_owned())
        } else if spec.short == Some('h') {
            Some("-h is the help of every command".to_owned())
        } else {
            let other = earlier.iter().find(same);
            other.map(|other| format!("`{}` has the same `short`", other.name))
        };
        if let Some(problem) = problem {
            return Err(wrong(position, format!("`{name}` in `ARGS`: {problem}")));
        }
    }
    Ok(())
}

fn takes_several(spec: &ArgSpec) -> bool {
    let plain = !spec.flag && !spec.positional && !spec.secret && spec.kind == ArgType::String;
    plain && spec.default.is_empty() && spec.choices.is_empty() && spec.env.is_none()
}

fn text(value: &Dynamic) -> Result<String, Problem> {
    value.clone().into_string().map_err(|found| must_be("a string", found))
}

fn letter(value: &Dynamic) -> Result<char, Problem> {
    let text = if value.is_char() { value.to_string() } else { text(value)? };
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Ok(letter),
        _ => Err(Problem(format!("must be one letter, not \"{text}\""), None)),
    }
}

fn switch(value: &Dynamic) -> Result<bool, Problem> {
    value.as_bool().map_err(|found| must_be("true or false", found))
}

/// A literal or an array of literals, each in text form.
fn texts(value: &Dynamic) -> Result<Vec<String>, Problem> {
    let scalar = |item: &Dynamic| {
        let plain = item.is_string() || item.is_int() || item.is_float() || item.is_bool();
        plain.then(|| item.to_string())
    };
    let found = match value.as_array_ref() {
        Ok(items) => items.iter().map(scalar).collect(),
        Err(_) => scalar(value).map(|one| vec![one]),
    };
    found.ok_or_else(|| must_be("a string, a number, true or false", value.type_name()))
}

fn kind(value: &Dynamic) -> Result<ArgType, Problem> {
    let word = text(value)?;
    let found = ArgType::WORDS.iter().find(|(name, _)| *name == word);
    found.map(|(_, kind)| *kind).ok_or_else(|| {
        let names = ArgType::WORDS.map(|(name, _)| name).join(", ");
        Problem(format!("must be one of {names}, not \"{word}\""), None)
    })
}

fn must_be(what: &str, found: &str) -> Problem {
    let found = match found {
        "i64" => "an int",
        "f64" => "a float",
        "bool" => "a bool",
        "string" => "a string",
        "array" => "an array",
        "map" => "a map",
        other => other,
    };
    Problem(format!("must be {what}, not {found}"), None)
}

fn unknown(key: &str, known: &[&str]) -> Problem {
    let near = crate::nearest::nearest(key, known.iter().copied());
    let remedy = near.map_or_else(
        || format!("known keys: {}", known.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Problem("is not a known key".into(), Some(remedy))
}

fn wrong(position: Position, message: impl Into<String>) -> Malformed {
    Malformed { message: message.into(), remedy: None, position }
}
