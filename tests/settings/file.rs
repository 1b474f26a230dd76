//! `kafkaefd.toml`: where it is found, and mistakes in it.

use super::surroundings::{Surroundings, flags};

fn mistake(text: &str) -> String {
    Surroundings::new().file(text).failure(&flags([]))
}

#[test]
fn the_folder_comes_before_the_home() {
    let bed = Surroundings::new()
        .other_file("home/.config/kafkaefd/kafkaefd.toml", "broker = 'home:1'\nregistry = 'r'\n");
    assert_eq!(bed.settings().endpoints.broker().unwrap(), "home:1");
    let bed = bed.file("broker = 'folder:1'\n");
    assert_eq!(bed.settings().endpoints.broker().unwrap(), "folder:1");
    assert_eq!(bed.settings().endpoints.registry, None, "files do not add up");
}

#[test]
fn the_home_may_be_configured() {
    let bed = Surroundings::new().other_file("own/kafkaefd/kafkaefd.toml", "broker = 'own:1'\n");
    let own = bed.path("own").display().to_string();
    assert_eq!(bed.env("XDG_CONFIG_HOME", &own).settings().endpoints.broker().unwrap(), "own:1");
}

#[test]
fn an_unknown_key_names_its_line_and_the_likely_one() {
    assert_eq!(
        mistake("# servers\n\nbrokr = 'kafka:9092'\n"),
        "invalid: cannot read ./kafkaefd.toml: line 3: unknown key `brokr`\n\
         did you mean `broker`?"
    );
    assert_eq!(
        mistake("[profiles.summit]\nregistry_htp = { ca = 'ca.pem' }\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: unknown key `profiles.summit.registry_htp`\n\
         did you mean `profiles.summit.registry_http`?"
    );
    assert_eq!(
        mistake("[profiles.summit.connect_http]\nzzz = 1\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: unknown key `profiles.summit.connect_http.zzz`\n\
         the keys here are `ca`, `cert`, `key`, `user`, `password`, `token`, `user_env`, \
         `password_env`, `token_env`, `password_file`, `token_file`, `password_command` and `token_command`"
    );
}

#[test]
fn a_value_of_another_type_names_its_line() {
    assert_eq!(
        mistake("\nbroker = 9092\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: `broker` must be a string, found a number"
    );
    assert_eq!(
        mistake("[profiles.summit]\nproduction = 'yes'\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: \
         `profiles.summit.production` must be true or false, found a string"
    );
    assert_eq!(
        mistake("[profiles]\nsummit = 'kafka:9092'\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: \
         `profiles.summit` must be a table, found a string"
    );
    assert_eq!(
        mistake("[profiles.summit.kafka]\n\"ssl.ca.location\" = ['a']\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: \
         `profiles.summit.kafka.ssl.ca.location` must be a string or a number, found an array"
    );
}

#[test]
fn what_is_no_toml_names_its_line() {
    assert_eq!(
        mistake("broker = 'kafka:9092'\nregistry =\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: string values must be quoted, \
         expected literal string"
    );
}

#[test]
fn keys_that_have_another_place_are_refused() {
    assert_eq!(
        mistake("[profiles.summit.kafka]\nbootstrap.servers = 'kafka:9092'\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: `bootstrap.servers` cannot be set here\n\
         write `broker` in the profile"
    );
    assert_eq!(
        mistake("[profiles.summit.kafka]\n\"plugin.library.paths\" = 'evil.so'\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: `plugin.library.paths` cannot be set here\n\
         kafkaefd loads no plugins; leave it out"
    );
    assert_eq!(
        mistake("\n[profiles.embedded]\nbroker = 'kafka:9092'\n"),
        "invalid: cannot read ./kafkaefd.toml: line 2: \
         `embedded` is the embedded stack's own profile\n\
         choose another name; the embedded stack has nothing to configure"
    );
}

#[test]
fn a_folder_of_that_name_is_an_error() {
    let bed = Surroundings::new().other_file("kafkaefd.toml/inside", "");
    assert_eq!(
        bed.failure(&flags([])),
        "invalid: cannot read ./kafkaefd.toml: Is a directory (os error 21)\nmake the file readable"
    );
}
