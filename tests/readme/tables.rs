//! The tables of the README name every command and every module, and no other.

use kafkaefd::context::{Context, Located};
use kafkaefd::host::{Catalog, Library, Origin, build};
use kafkaefd::settings::Settings;

use super::blocks::readme;

/// The words that lead each row, in code quotes, of the table under the heading `heading`.
fn first_cells(heading: &str) -> Vec<String> {
    let page = readme();
    let section = page.split(&format!("\n## {heading}\n")).nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut cells: Vec<_> = rows.map(|row| row.split('`').next().unwrap().to_owned()).collect();
    cells.sort();
    cells
}

#[test]
fn the_table_of_commands_has_every_bundled_script() {
    let library = Library::open();
    let all = library.under::<&str>(&[]);
    let bundled = all.into_iter().filter(|command| command.origin == Origin::Bundle);
    let mut commands: Vec<_> = bundled.map(|command| command.words().join(" ")).collect();
    commands.sort();
    assert_eq!(first_cells("Commands that are scripts"), commands);
}

#[test]
fn the_table_of_modules_has_every_module() {
    let locate = |settings: &Settings| {
        Ok(Located { endpoints: settings.endpoints.clone(), keep: Vec::new() })
    };
    let context = Context::new(Settings::default(), Box::new(locate));
    let catalog = Catalog::of(&build(&context));
    let mut modules: Vec<_> = catalog.modules().map(|module| module.name.clone()).collect();
    modules.sort();
    assert_eq!(first_cells("Modules"), modules);
}
