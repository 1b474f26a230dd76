//! Properties of librdkafka that only the settings may set.

use kafkaefd::clients::kafka::{Consumer, ConsumerOptions, Producer, ProducerOptions};
use kafkaefd::error::Kind;

use super::trouble::context;

#[test]
fn a_script_cannot_set_whom_the_client_trusts() {
    let context = context("127.0.0.1:1", &[]);
    for property in [
        "ssl.ca.location",
        "sasl.password",
        "security.protocol",
        "plugin.library.paths",
        "bootstrap.servers",
        "enable.ssl.certificate.verification",
    ] {
        let config = [(property.to_owned(), "x".to_owned())].into();
        let options = ProducerOptions { config, ..ProducerOptions::default() };
        let failure = Producer::new(&context, &options).err().unwrap();
        assert_eq!(
            failure.message,
            format!("cannot set `{property}` from a script: it decides whom kafkaefd trusts")
        );
        assert_eq!(failure.kind, Kind::Denied);
        let options = ConsumerOptions { config: options.config, ..ConsumerOptions::default() };
        let failure = Consumer::new(&context, &["t".to_owned()], options).err().unwrap();
        assert_eq!(failure.kind, Kind::Denied, "{failure}");
    }
}

#[test]
fn a_wrong_property_of_the_settings_is_named() {
    let context = context("127.0.0.1:1", &[("no.such.property", "1")]);
    let failure = Producer::new(&context, &ProducerOptions::default()).err().unwrap();
    assert_eq!(
        failure.message,
        "cannot make a producer: `no.such.property`: No such configuration property: \
         \"no.such.property\""
    );
}
