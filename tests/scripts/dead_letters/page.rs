//! What `docs/delivery.md` says of dead letters is true.

use kafkaefd::clients::kafka::dead_letter::HEADERS;

use super::feed;
use crate::support::Stack;

const PAGE: &str = include_str!("../../../docs/delivery.md");

#[test]
fn the_page_names_the_headers_of_a_dead_letter() {
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| `"));
    let said: Vec<&str> = rows.filter_map(|row| row.split_once("` |")).map(|row| row.0).collect();
    assert_eq!(said, HEADERS);

    let stack = Stack::new();
    feed(&stack);
    let keys =
        "for name in kafka::consumer(\"dead-######\").read().headers.keys() { print(name); }";
    let output = stack.script(keys).success();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut written: Vec<&str> = text.lines().filter(|name| name.contains('.')).collect();
    let mut names = HEADERS;
    written.sort_unstable();
    names.sort_unstable();
    assert_eq!(written, names);
}
