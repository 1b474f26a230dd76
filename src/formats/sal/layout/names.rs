//! The names of topics and subjects in each layout.

use crate::formats::sal::SalError;
use crate::formats::sal::interfaces::Interfaces;

/// What the names of Kafka topics start with where nothing else is said.
pub const PREFIX: &str = "lsst.sal";

/// How a SAL topic is laid out as an Avro record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The layout of 2019: records in `lsst.sal`, seven fields of the transformer first.
    Kafkaefd,
    /// Today's: records in `lsst.sal.<Component>`, `private_…` fields first.
    TsXml,
}

impl Layout {
    /// The layout called `name`: `kafkaefd` or `ts_xml`.
    pub fn from_name(name: &str) -> Result<Layout, SalError> {
        match name {
            "kafkaefd" => Ok(Layout::Kafkaefd),
            "ts_xml" => Ok(Layout::TsXml),
            _ => Err(SalError::NoLayout(name.to_owned())),
        }
    }

    /// The layout of the time that `interfaces` are from: until 2019 each topic had a version.
    pub fn of(interfaces: &Interfaces) -> Layout {
        let topics = interfaces.components.values().flat_map(|component| &component.topics);
        if topics.clone().any(|topic| topic.raw("Version").is_some()) {
            Layout::Kafkaefd
        } else {
            Layout::TsXml
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Kafkaefd => "kafkaefd",
            Layout::TsXml => "ts_xml",
        }
    }

    /// The Kafka topic of the SAL topic `<component>_<sal_name>`, behind `prefix`, which is
    /// [`PREFIX`] in production.
    pub fn kafka_topic(self, prefix: &str, component: &str, sal_name: &str) -> String {
        match self {
            Layout::Kafkaefd => format!("{prefix}.{component}_{sal_name}"),
            Layout::TsXml => format!("{prefix}.{component}.{sal_name}"),
        }
    }

    /// The Kafka topic and the registry subject of the SAL topic `topic`, behind `prefix`; none
    /// where that is no name of a SAL topic.
    pub fn names_of(self, prefix: &str, topic: &str) -> Option<(String, String)> {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let (component, sal_name) = topic.split_once('_').filter(|_| topic.bytes().all(letters))?;
        let kafka_topic = self.kafka_topic(prefix, component, sal_name);
        let subject = self.subject(&kafka_topic);
        Some((kafka_topic, subject))
    }

    /// The registry subject of a Kafka topic.
    pub fn subject(self, kafka_topic: &str) -> String {
        match self {
            Layout::Kafkaefd => kafka_topic.to_owned(),
            Layout::TsXml => format!("{kafka_topic}-value"),
        }
    }
}

/// The Kafka topic on which a mock produces the SAL topic `name` in the layout `kafkaefd`:
/// `MTM1M3_logevent_heartbeat` becomes `mtm1m3-logevent-heartbeat`. Its subject ends in `-value`.
pub fn mock_topic(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}
