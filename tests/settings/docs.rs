//! What `docs/settings.md` shows is true.

use super::surroundings::{Surroundings, flags};

const PAGE: &str = include_str!("../../docs/settings.md");

fn examples() -> Vec<&'static str> {
    PAGE.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn every_example_is_a_file_that_loads() {
    assert_eq!(examples().len(), 4);
    for example in examples() {
        let bed = Surroundings::new().file(example).env("EFD_PASSWORD", "secret");
        let bed = bed.other_file("connect-password", "secret\n");
        let settings = bed.load(&flags([("profile", "summit")])).unwrap();
        assert!(!settings.endpoints.embedded);
    }
}

#[test]
fn the_examples_mean_what_the_page_says() {
    let load = |number: usize| {
        let bed = Surroundings::new().file(examples()[number]).env("EFD_PASSWORD", "secret");
        bed.other_file("connect-password", "secret\n")
            .load(&flags([("profile", "summit")]))
            .unwrap()
    };
    assert!(load(0).production);
    assert_eq!(load(1).kafka["sasl.password"].expose(), "secret");
    assert!(load(2).registry.ca.unwrap().ends_with("certs/ca.pem"));
    assert_eq!(load(2).connect.password.unwrap().expose(), "secret");
    assert!(load(3).kafka_token.is_some());
}

#[test]
fn every_option_and_variable_of_the_table_is_read() {
    let rows = PAGE.lines().filter(|line| line.starts_with("| `--"));
    let variables: Vec<&str> = rows.filter_map(|row| row.split('`').nth(3)).collect();
    assert_eq!(variables.len(), 7);
    for name in variables {
        let bed = Surroundings::new().env(name, "no-such-word");
        let plain = format!("{:?}", Surroundings::new().settings());
        let changed = bed.load(&flags([])).map(|settings| format!("{settings:?}"));
        assert!(changed.is_err() || changed.unwrap() != plain, "${name} is not read");
    }
}
