//! Flags win over the environment, it over the file, it over the profile.

use kafkaefd::settings::{LogLevel, Output};

use super::surroundings::{Surroundings, flags};

const FILE: &str = r#"
broker = "file:1"
output = "json"

[profiles.summit]
broker = "profile:1"
registry = "https://profile:2"
"#;

#[test]
fn each_source_wins_over_the_next() {
    let broker = |bed: &Surroundings, given| bed.load(given).unwrap().endpoints.broker.unwrap();
    let summit = flags([("profile", "summit")]);
    let without_file = FILE.replace("broker = \"file:1\"\n", "");
    assert_eq!(broker(&Surroundings::new().file(&without_file), &summit), "profile:1");
    assert_eq!(broker(&Surroundings::new().file(FILE), &summit), "file:1");
    let bed = Surroundings::new().file(FILE).env("BROKER", "variable:1");
    assert_eq!(broker(&bed, &summit), "variable:1");
    assert_eq!(broker(&bed, &flags([("profile", "summit"), ("broker", "flag:1")])), "flag:1");
}

#[test]
fn an_address_that_nobody_gave_names_its_option() {
    let settings = Surroundings::new().load(&flags([("broker", "kafka:9092")])).unwrap();
    assert_eq!(settings.profile, "custom");
    assert_eq!(settings.endpoints.broker().unwrap(), "kafka:9092");
    let failure = settings.endpoints.registry().unwrap_err();
    assert_eq!(failure.message, "cannot reach the Schema Registry: no address is configured");
    assert_eq!(
        failure.remedy.unwrap(),
        "give --registry or $SCHEMAREGISTRY; other servers were given, so the embedded one is not used"
    );
}

#[test]
fn built_in_profiles_have_addresses() {
    let bed = Surroundings::new();
    let addresses = |name| {
        let ends = bed.load(&flags([("profile", name)])).unwrap().endpoints;
        [ends.broker, ends.registry, ends.connect].map(Option::unwrap_or_default)
    };
    assert_eq!(
        addresses("local"),
        ["localhost:9092", "http://localhost:8081", "http://localhost:8083"]
    );
    assert_eq!(
        addresses("cluster"),
        [
            "confluent-kafka-cp-kafka-headless:9092",
            "http://confluent-kafka-cp-schema-registry:8081",
            "http://confluent-kafka-cp-kafka-connect:8083"
        ]
    );
    assert_eq!(addresses("embedded"), ["", "", ""]);
}

#[test]
fn a_pod_uses_the_cluster_unless_told_otherwise() {
    let pod = Surroundings::new().env("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    assert_eq!(pod.settings().profile, "cluster");
    let given = pod.load(&flags([("broker", "kafka:9092")])).unwrap();
    assert_eq!(given.profile, "cluster");
    assert_eq!(given.endpoints.broker().unwrap(), "kafka:9092");
    let registry = "http://confluent-kafka-cp-schema-registry:8081";
    assert_eq!(given.endpoints.registry().unwrap(), registry);
    assert!(pod.load(&flags([("profile", "embedded")])).unwrap().endpoints.embedded);
}

#[test]
fn own_values_of_a_built_in_profile_replace_its_own() {
    let bed = Surroundings::new().file("[profiles.local]\nregistry = 'http://localhost:18081'\n");
    let ends = bed.load(&flags([("profile", "local")])).unwrap().endpoints;
    assert_eq!(ends.registry().unwrap(), "http://localhost:18081");
    assert_eq!(ends.broker().unwrap(), "localhost:9092");
}

#[test]
fn words_come_from_the_strongest_source() {
    let bed = Surroundings::new().file(FILE).env("KAFKAEFD_LOG_LEVEL", "info");
    let settings = bed.settings();
    assert_eq!((settings.output, settings.log_level), (Output::Json, Some(LogLevel::Info)));
    let settings = bed.load(&flags([("output", "yaml"), ("log_level", "debug")])).unwrap();
    assert_eq!((settings.output, settings.log_level), (Output::Yaml, Some(LogLevel::Debug)));
    assert_eq!(Surroundings::new().settings().log_level, None);
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let bed = Surroundings::new().env("BROKER", "").env("KUBERNETES_SERVICE_HOST", "");
    assert_eq!(bed.settings().profile, "embedded");
}

#[test]
fn unknown_words_name_their_source_and_the_choices() {
    assert_eq!(
        Surroundings::new().failure(&flags([("output", "jsn")])),
        "usage: cannot use output `jsn` of --output: it is not one of `table`, `json` and `yaml`\n\
         did you mean `json`?"
    );
    assert_eq!(
        Surroundings::new().env("KAFKAEFD_LOG_LEVEL", "loud").failure(&flags([])),
        "usage: cannot use log level `loud` of $KAFKAEFD_LOG_LEVEL: \
         it is not one of `debug`, `info`, `warning` and `error`"
    );
    assert_eq!(
        Surroundings::new().file(&format!("profile = 'sumit'\n{FILE}")).failure(&flags([])),
        "usage: cannot use profile `sumit` of `profile` in ./kafkaefd.toml: \
         it is not one of `embedded`, `local`, `cluster` and `summit`\n\
         did you mean `summit`?"
    );
}
