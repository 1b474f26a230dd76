//! The arguments of a script as clap's, and back.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::host::{ArgSpec, ArgType, ArgValue, Header};
use crate::settings::Secret;

/// The command that parses the arguments of a script with `header`.
pub fn command(name: &str, header: &Header, bundled: bool) -> Command {
    let about = format!("{}\n\n{}", header.title, header.prose);
    Command::new(name.to_owned())
        .about(about.trim().to_owned())
        .args(header.args.iter().map(|spec| arg(spec, bundled)))
}

/// The values that `matches` holds for the arguments of `header`.
pub fn values(matches: &ArgMatches, header: &Header) -> Vec<(String, ArgValue)> {
    header.args.iter().map(|spec| (spec.name.clone(), value(matches, spec))).collect()
}

/// Whether the script declares a `--version` of its own.
pub fn has_version(header: &Header) -> bool {
    header.args.iter().any(|spec| !spec.positional && spec.name == "version")
}

/// Ids of a script's arguments are apart from those of the global options.
fn id(spec: &ArgSpec) -> String {
    format!("script {}", spec.name)
}

fn arg(spec: &ArgSpec, bundled: bool) -> Arg {
    let mut arg = Arg::new(id(spec)).help(spec.help.clone()).required(spec.required);
    if !spec.positional {
        arg = arg.long(spec.long());
    }
    if let Some(short) = spec.short {
        arg = arg.short(short);
    }
    if spec.flag {
        return arg.action(ArgAction::SetTrue);
    }
    arg = parser(arg, spec).allow_negative_numbers(spec.kind != ArgType::String);
    arg = arg.allow_hyphen_values(spec.dash);
    arg = match (spec.many, spec.positional) {
        (false, _) => arg.action(ArgAction::Set),
        (true, true) => {
            arg.action(ArgAction::Append).num_args(if spec.required { 1.. } else { 0.. })
        }
        (true, false) => arg.action(ArgAction::Append).num_args(1),
    };
    if !spec.values.is_empty() {
        // -1 is a value of many configs, never an option of ours.
        return arg
            .num_args(spec.values.len())
            .value_names(spec.values.clone())
            .allow_negative_numbers(true);
    }
    let shown = spec.value.clone().unwrap_or_else(|| spec.name.to_uppercase());
    arg = arg.value_name(shown).hide_env_values(true).hide_default_value(spec.secret);
    if !spec.default.is_empty() {
        arg = arg.default_values(spec.default.clone());
    }
    match &spec.env {
        Some(name) if bundled || name.starts_with("KAFKAEFD_VAR_") => arg.env(name.clone()),
        _ => arg,
    }
}

fn parser(arg: Arg, spec: &ArgSpec) -> Arg {
    match spec.kind {
        _ if !spec.choices.is_empty() => {
            arg.value_parser(PossibleValuesParser::new(spec.choices.clone()))
        }
        ArgType::String => arg.value_parser(value_parser!(String)),
        ArgType::Int => arg.value_parser(value_parser!(i64)),
        ArgType::Float => arg.value_parser(value_parser!(f64)),
        ArgType::Bool => arg.value_parser(value_parser!(bool)),
    }
}

fn value(matches: &ArgMatches, spec: &ArgSpec) -> ArgValue {
    let id = id(spec);
    if spec.flag {
        return ArgValue::Bool(matches.get_flag(&id));
    }
    if !spec.values.is_empty() {
        return several(matches, spec);
    }
    let mut values = match spec.kind {
        _ if !spec.choices.is_empty() => all(matches, &id, |text: String| typed(spec, text)),
        ArgType::String => all(matches, &id, |text| typed(spec, text)),
        ArgType::Int => all(matches, &id, ArgValue::Int),
        ArgType::Float => all(matches, &id, ArgValue::Float),
        ArgType::Bool => all(matches, &id, ArgValue::Bool),
    };
    if spec.many { ArgValue::Many(values) } else { values.pop().unwrap_or(ArgValue::Absent) }
}

/// The values of an option that takes several at once: an array each time it is given.
fn several(matches: &ArgMatches, spec: &ArgSpec) -> ArgValue {
    let times = matches.get_occurrences::<String>(&id(spec)).into_iter().flatten();
    let mut times: Vec<_> =
        times.map(|values| ArgValue::Many(values.cloned().map(ArgValue::Text).collect())).collect();
    if spec.many { ArgValue::Many(times) } else { times.pop().unwrap_or(ArgValue::Absent) }
}

fn all<T: Clone + Send + Sync + 'static>(
    matches: &ArgMatches,
    id: &str,
    wrap: impl Fn(T) -> ArgValue,
) -> Vec<ArgValue> {
    matches.get_many::<T>(id).into_iter().flatten().cloned().map(wrap).collect()
}

/// A text, or one of the choices: those are parsed as text whatever their type.
fn typed(spec: &ArgSpec, text: String) -> ArgValue {
    let parsed = match spec.kind {
        _ if spec.secret => Some(ArgValue::Secret(Secret::new(text.clone()))),
        ArgType::String => None,
        ArgType::Int => text.parse().ok().map(ArgValue::Int),
        ArgType::Float => text.parse().ok().map(ArgValue::Float),
        ArgType::Bool => text.parse().ok().map(ArgValue::Bool),
    };
    parsed.unwrap_or(ArgValue::Text(text))
}
