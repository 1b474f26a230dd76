//! `kafkaefd help [TOPIC] [--source]`: commands, modules, functions. It starts nothing.

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::show::show;
use super::{dispatch, fail, globals, host, listing, run};
use crate::host::catalog::Function;
use crate::host::{Catalog, Library, Report};
use crate::nearest::nearest;
use crate::settings::Given;

/// Scripts come before the options of every command, which are the longest part.
const TEMPLATE: &str = "{about}

{usage-heading} {usage}

Commands of the host:
{subcommands}{after-help}

Global options:
{options}";

/// The definition of `help`.
pub fn definition() -> Command {
    Command::new("help")
        .about("Explain a command, a module (kafka) or a function (kafka::producer)")
        .arg(
            Arg::new("topic")
                .value_name("TOPIC")
                .help("A command's words, a module, or MODULE::FUNCTION")
                .num_args(0..),
        )
        .arg(
            Arg::new("source")
                .long("source")
                .action(ArgAction::SetTrue)
                .help("Print the script of the command"),
        )
}

/// Prints the page about the topic, or all commands.
pub fn run(matches: &ArgMatches, _given: Given) -> ExitCode {
    let topic: Vec<String> = matches.get_many("topic").into_iter().flatten().cloned().collect();
    fail::finish(help(&topic, matches.get_flag("source")))
}

fn help(topic: &[String], source: bool) -> Result<(), Report> {
    let library = Library::open();
    let found = library.find(topic).filter(|(_, count)| *count == topic.len());
    let text = match (found, topic) {
        (Some((command, _)), _) if source => command.script()?.text,
        (Some((command, _)), _) => run::help(&command.script()?, &command.words())?,
        (None, []) => overview(&library),
        (None, [word]) if host::is_word(word) => host_help(word),
        (None, _) if !library.under(topic).is_empty() => listing::under(&library, topic),
        (None, _) => page(topic).ok_or_else(|| unknown(&library, topic))?,
    };
    show(&text);
    Ok(())
}

/// The help of `kafkaefd` itself.
pub fn overview(library: &Library) -> String {
    format!("{}\n", globals::add(root(library), false).render_help().to_string().trim_end())
}

/// The root command with every host word, and all scripts in its help.
pub fn root(library: &Library) -> Command {
    let words = host::WORDS.iter().map(|word| (word.definition)());
    Command::new("kafkaefd")
        .about("A scripting host for Kafka experiments")
        .disable_help_subcommand(true)
        .help_template(TEMPLATE)
        .override_usage("kafkaefd [OPTIONS] COMMAND [ARGS]")
        .subcommand_required(true)
        .after_help(format!(
            "Commands that are scripts (kafkaefd help COMMAND --source prints one):\n{}",
            listing::under::<&str>(library, &[])
        ))
        .subcommands(words)
}

fn host_help(word: &str) -> String {
    let mut root = globals::add(root(&Library::open()), false);
    root.build();
    let found = root.find_subcommand_mut(word);
    found.map(|command| command.render_help().to_string()).unwrap_or_default()
}

fn page(topic: &[String]) -> Option<String> {
    let [name] = topic else { return None };
    crate::host::page(name).or_else(|| Catalog::of_kafkaefd().page(name))
}

/// The error for a topic that is nothing: a module or a function may be near, or a command.
fn unknown(library: &Library, topic: &[String]) -> Report {
    let report = dispatch::unknown(library, topic);
    let catalog = Catalog::of_kafkaefd();
    let paths: Vec<String> = catalog.all().map(Function::path).collect();
    let modules = catalog.modules().map(|module| module.name.as_str());
    let near = nearest(&topic.join(" "), modules.chain(paths.iter().map(String::as_str)));
    match near {
        Some(near) => {
            Report { help: vec![format!("did you mean `kafkaefd help {near}`?")], ..report }
        }
        None => report,
    }
}
