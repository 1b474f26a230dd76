//! The table of `docs/embedded.md` is the one that is played.

use std::fmt::Write as _;

use super::adapters;
use super::scene::can;
use super::table::SCENARIOS;
use crate::support::{Bed, Stack};

const PAGE: &str = include_str!("../../../docs/embedded.md");

/// The table in Markdown, with what a client cannot do in numbered notes under it.
fn table(stack: &Stack, bed: &Bed) -> String {
    let clients = adapters::all(stack, bed);
    let names: Vec<&str> = clients.iter().map(|client| client.name()).collect();
    let mut text = format!("| | {} |\n|---{}|\n", names.join(" | "), "|---".repeat(names.len()));
    let mut notes: Vec<&str> = Vec::new();
    for scenario in SCENARIOS {
        write!(text, "| {} |", scenario.title).unwrap();
        for client in &clients {
            let missing = scenario.needs.iter().find(|deed| !can(&**client, **deed));
            text += &missing.map_or(" yes |".to_owned(), |missing| {
                let (_, why) = client.cannot().iter().find(|(deed, _)| deed == missing).unwrap();
                if !notes.contains(why) {
                    notes.push(why);
                }
                let number = notes.iter().position(|note| note == why).unwrap() + 1;
                format!(" [{number}] |")
            });
        }
        text += "\n";
    }
    text += "\n";
    for (number, note) in notes.iter().enumerate() {
        writeln!(text, "{}. {note}", number + 1).unwrap();
    }
    text
}

#[test]
fn the_page_shows_the_table() {
    Bed::run(|bed| {
        let table = table(&bed.stack(), bed);
        assert!(PAGE.contains(&table), "docs/embedded.md lacks this table:\n{table}");
    });
}
