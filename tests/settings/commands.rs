//! Secrets that a program prints, and the token of OAUTHBEARER.

use super::surroundings::{Surroundings, flags};

const OWN: &str = "home/.config/kafkaefd/kafkaefd.toml";

fn own(kafka: &str) -> Surroundings {
    let profile = "profile = 'lab'\n[profiles.lab]\nbroker = 'lab:9092'\n[profiles.lab.kafka]\n";
    Surroundings::new().other_file(OWN, &format!("{profile}{kafka}\n"))
}

#[test]
fn a_program_prints_a_password() {
    let bed = own("sasl.password_command = ['printf', 'can%s\\n', 'ary']");
    let settings = bed.settings();
    assert_eq!(settings.kafka["sasl.password"].expose(), "canary");
    assert!(!format!("{settings:?}").contains("canary"));
}

#[test]
fn a_program_that_gives_no_password_is_named() {
    let failure = |command: &str| {
        let bed = own(&format!("sasl.password_command = {command}"));
        let text = bed.failure(&flags([]));
        text.split_once("of profile `lab`: ").unwrap().1.to_owned()
    };
    assert_eq!(failure("['false']"), "false failed: exit status: 1");
    assert_eq!(failure("['true']"), "true printed nothing");
    assert_eq!(failure("[]"), "the command is empty");
    assert_eq!(
        failure("['no-such-program']"),
        "no-such-program: No such file or directory (os error 2)"
    );
}

#[test]
fn a_command_is_an_array_of_words() {
    let bed = own("sasl.password_command = 'pass kafka'");
    assert!(bed.failure(&flags([])).ends_with(
        "line 5: `profiles.lab.kafka.sasl.password_command` must be an array: a program, \
         its arguments, found a string"
    ));
}

/// Whoever goes into a folder must not start programs by it.
#[test]
fn the_file_of_a_folder_starts_no_program() {
    let text = "[profiles.lab.connect_http]\ntoken_command = ['touch', 'started']\n";
    let bed = Surroundings::new().file(text);
    assert_eq!(
        bed.failure(&flags([])),
        "invalid: cannot read ./kafkaefd.toml: line 2: `token_command` cannot be set in the file \
         of a folder\nwrite it into your own file, ~/.config/kafkaefd/kafkaefd.toml"
    );
    assert!(!bed.path("started").exists());
}

#[test]
fn a_token_is_read_anew_each_time() {
    let bed = own("sasl.oauthbearer.token_file = '../../../token'").other_file("token", "first\n");
    let token = bed.settings().kafka_token.unwrap();
    assert_eq!(token.read().unwrap().expose(), "first");
    let bed = bed.other_file("token", "canary\n");
    assert_eq!(token.read().unwrap().expose(), "canary");
    assert!(!format!("{token:?}").contains("canary"));
    std::fs::remove_file(bed.path("token")).unwrap();
    let error = token.read().unwrap_err().to_string();
    assert!(
        error.starts_with("cannot read `kafka.sasl.oauthbearer.token_file` of profile `lab`: ")
    );
}

#[test]
fn librdkafka_gets_no_token_as_a_property() {
    let settings = own("sasl.oauthbearer.token = 'canary'").settings();
    assert!(settings.kafka.is_empty());
    assert!(!format!("{settings:?}").contains("canary"));
}
