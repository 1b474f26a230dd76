//! When the embedded stack is used, and that it never mixes with real servers.

use super::surroundings::{Surroundings, flags};

#[test]
fn it_is_used_where_nothing_is_configured() {
    let settings = Surroundings::new().settings();
    assert_eq!(settings.profile, "embedded");
    assert!(settings.endpoints.embedded);
    assert_eq!(settings.stack, None);
}

#[test]
fn any_address_leaves_it() {
    for bed in [
        Surroundings::new().env("BROKER", "kafka:9092"),
        Surroundings::new().env("SCHEMAREGISTRY", "http://registry:8081"),
        Surroundings::new().env("KAFKA_CONNECT", "http://connect:8083"),
        Surroundings::new().file("registry = 'http://registry:8081'\n"),
        Surroundings::new().file("profile = 'embedded'\n").env("BROKER", "kafka:9092"),
        Surroundings::new().file("profile = 'summit'\n[profiles.summit]\nbroker = 'kafka:9092'\n"),
    ] {
        assert!(!bed.settings().endpoints.embedded);
    }
}

#[test]
fn a_stronger_source_asks_for_it_back() {
    let bed = Surroundings::new().env("BROKER", "kafka:9092").file("broker = 'kafka:9092'\n");
    let settings = bed.load(&flags([("profile", "embedded")])).unwrap();
    assert_eq!((settings.endpoints.broker, settings.endpoints.embedded), (None, true));
    let settings = bed.load(&flags([("stack", "mine")])).unwrap();
    assert_eq!((settings.stack.as_deref(), settings.profile.as_str()), (Some("mine"), "embedded"));
}

#[test]
fn a_stack_means_nothing_to_a_real_server() {
    let bed = Surroundings::new().env("KAFKAEFD_STACK", "mine");
    assert_eq!(bed.settings().stack.as_deref(), Some("mine"));
    assert_eq!(bed.load(&flags([("broker", "kafka:9092")])).unwrap().stack, None);
    assert_eq!(bed.load(&flags([("profile", "local")])).unwrap().stack, None);
}

#[test]
fn asking_for_both_at_once_is_refused() {
    let bed = Surroundings::new();
    assert_eq!(
        bed.failure(&flags([("stack", "mine"), ("broker", "kafka:9092")])),
        "usage: cannot use --stack mine together with --broker: \
         one is the embedded stack, one a real server\n\
         leave out --stack mine or --broker"
    );
    assert_eq!(
        bed.failure(&flags([("stack", "mine"), ("profile", "local")])),
        "usage: cannot use --stack mine together with --profile local: \
         one is the embedded stack, one a real server\n\
         leave out --stack mine or --profile local"
    );
    let bed = bed.env("KAFKAEFD_PROFILE", "embedded").env("SCHEMAREGISTRY", "http://registry");
    assert_eq!(
        bed.failure(&flags([])),
        "usage: cannot use $KAFKAEFD_PROFILE embedded together with $SCHEMAREGISTRY: \
         one is the embedded stack, one a real server\n\
         leave out $KAFKAEFD_PROFILE embedded or $SCHEMAREGISTRY"
    );
}

#[test]
fn it_gets_no_secret_of_a_real_server() {
    let bed = Surroundings::new()
        .env("KAFKAEFD_SASL_PASSWORD", "canary")
        .env("KAFKAEFD_REGISTRY_TOKEN", "canary");
    let settings = bed.settings();
    assert!(settings.kafka.is_empty());
    assert_eq!(settings.registry.token, None);
}
