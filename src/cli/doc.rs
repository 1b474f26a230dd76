//! `kafkaefd doc [MODULE…]`: the reference of the native modules as Markdown.

use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use super::fail;
use super::show::show;
use crate::error::{Failure, Kind};
use crate::host::{Catalog, Report};
use crate::nearest::nearest;
use crate::settings::Given;

/// The definition of `doc`.
pub fn definition() -> Command {
    Command::new("doc")
        .about("Print the reference of the native modules as Markdown")
        .arg(
            Arg::new("module")
                .value_name("MODULE")
                .help("The modules, as kafka; all where none is named")
                .num_args(0..),
        )
        .arg(
            Arg::new("write")
                .long("write")
                .value_name("DIR")
                .help("Write DIR/MODULE.md for each instead of printing"),
        )
}

/// Prints or writes the pages.
pub fn run(matches: &ArgMatches, _given: Given) -> ExitCode {
    let names: Vec<&String> = matches.get_many("module").into_iter().flatten().collect();
    let folder = matches.get_one::<String>("write");
    fail::finish(doc(&names, folder.map(Path::new)).map_err(Report::from))
}

fn doc(names: &[&String], folder: Option<&Path>) -> Result<(), Failure> {
    let catalog = Catalog::of_kafkaefd();
    let all: Vec<&str> = catalog.modules().map(|module| module.name.as_str()).collect();
    if let Some(wrong) = names.iter().find(|name| !all.contains(&name.as_str())) {
        return Err(unknown(wrong, &all));
    }
    let chosen = |name: &String| names.is_empty() || names.contains(&name);
    for module in catalog.modules().filter(|module| chosen(&module.name)) {
        let page = catalog.reference(module);
        match folder {
            Some(folder) => write(folder, &module.name, &page)?,
            None => show(&page),
        }
    }
    Ok(())
}

fn write(folder: &Path, module: &str, page: &str) -> Result<(), Failure> {
    let path = folder.join(format!("{module}.md"));
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, page));
    written.map_err(|error| {
        Failure::new(Kind::Failed, format!("cannot write `{}`: {error}", path.display()))
            .with_remedy("give a folder that you may write to with --write")
    })
}

fn unknown(name: &str, all: &[&str]) -> Failure {
    let failure = Failure::new(Kind::NotFound, format!("cannot document `{name}`: no such module"));
    match nearest(name, all.iter().copied()) {
        Some(near) => failure.with_remedy(format!("did you mean `kafkaefd doc {near}`?")),
        None => failure.with_remedy(format!("the modules are {}", all.join(", "))),
    }
}
