//! TLS, passwords and properties of a profile, and that they never print.

use kafkaefd::settings::Settings;

use super::surroundings::{Surroundings, flags};

const FILE: &str = r#"
profile = "summit"

[profiles.summit]
broker = "kafka:9093"
registry = "https://registry"
connect = "https://connect"
production = true

[profiles.summit.kafka]
security.protocol = "SASL_SSL"
"ssl.ca.location" = "ca.pem"
"sasl.mechanism" = "SCRAM-SHA-512"
sasl.username = "efd"
sasl.password_env = "EFD_PASSWORD"
socket.keepalive.enable = true
message.max.bytes = 2000000

[profiles.summit.registry_http]
ca = "certs/ca.pem"
cert = "/etc/efd/me.pem"
key = "/etc/efd/me.key"
user = "efd"
password_file = "password"

[profiles.summit.connect_http]
token_env = "CONNECT_TOKEN"
"#;

fn summit() -> Surroundings {
    Surroundings::new()
        .file(FILE)
        .other_file("password", "canary-http\n")
        .env("EFD_PASSWORD", "canary-sasl")
        .env("CONNECT_TOKEN", "canary-token")
}

fn property<'a>(settings: &'a Settings, name: &str) -> &'a str {
    settings.kafka.get(name).unwrap().expose()
}

#[test]
fn librdkafka_gets_the_properties_of_the_profile() {
    let bed = summit();
    let settings = bed.settings();
    assert!(settings.production);
    let names: Vec<&str> = settings.kafka.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "message.max.bytes",
            "sasl.mechanism",
            "sasl.password",
            "sasl.username",
            "security.protocol",
            "socket.keepalive.enable",
            "ssl.ca.location"
        ]
    );
    assert_eq!(property(&settings, "message.max.bytes"), "2000000");
    assert_eq!(property(&settings, "socket.keepalive.enable"), "true");
    assert_eq!(property(&settings, "sasl.password"), "canary-sasl");
    let ca = bed.path("ca.pem").display().to_string();
    assert_eq!(property(&settings, "ssl.ca.location"), ca, "starts in the file's folder");
}

#[test]
fn http_servers_get_their_own_trust_and_passwords() {
    let bed = summit();
    let settings = bed.settings();
    let registry = settings.registry;
    assert_eq!(registry.ca.unwrap(), bed.path("certs/ca.pem"));
    assert_eq!(registry.cert.unwrap().to_str(), Some("/etc/efd/me.pem"));
    assert_eq!(registry.key.unwrap().to_str(), Some("/etc/efd/me.key"));
    assert_eq!(registry.user.as_deref(), Some("efd"));
    assert_eq!(registry.password.unwrap().expose(), "canary-http");
    assert_eq!(registry.token, None);
    assert_eq!(settings.connect.token.unwrap().expose(), "canary-token");
}

#[test]
fn variables_win_over_the_file() {
    let settings = summit()
        .env("KAFKAEFD_SASL_USERNAME", "other")
        .env("KAFKAEFD_SASL_PASSWORD", "second")
        .env("KAFKAEFD_REGISTRY_USER", "third")
        .env("KAFKAEFD_REGISTRY_PASSWORD", "fourth")
        .env("KAFKAEFD_CONNECT_TOKEN", "fifth")
        .settings();
    assert_eq!(property(&settings, "sasl.username"), "other");
    assert_eq!(property(&settings, "sasl.password"), "second");
    assert_eq!(settings.registry.user.unwrap(), "third");
    assert_eq!(settings.registry.password.unwrap().expose(), "fourth");
    assert_eq!(settings.connect.token.unwrap().expose(), "fifth");
}

#[test]
fn no_secret_prints() {
    let printed = format!("{:#?}", summit().settings());
    assert!(!printed.contains("canary"), "{printed}");
}

#[test]
fn a_secret_that_is_not_there_names_its_key() {
    let bed = Surroundings::new().file(FILE).other_file("password", "x");
    assert_eq!(
        bed.failure(&flags([])),
        "invalid: cannot read `kafka.sasl.password_env` of profile `summit`: \
         $EFD_PASSWORD is not set"
    );
    let bed = Surroundings::new().file(FILE).env("EFD_PASSWORD", "x").env("CONNECT_TOKEN", "x");
    assert_eq!(
        bed.failure(&flags([])),
        "invalid: cannot read `registry_http.password_file` of profile `summit`: \
         ./password: No such file or directory (os error 2)"
    );
    assert_eq!(bed.load(&flags([("profile", "local")])).unwrap().profile, "local");
}
