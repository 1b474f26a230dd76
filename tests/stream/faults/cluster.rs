//! Brokers that answer with errors on demand.

use std::collections::BTreeMap;
use std::time::Duration;

use kafkaefd::clients::kafka::{Admin, NewTopic};
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::types::{RDKafkaApiKey as Api, RDKafkaRespErr as Error};

use crate::support::Stack;

/// A cluster whose next answers are errors.
pub trait Cluster {
    fn broker(&self) -> &str;

    fn create(&self, topic: &str);

    /// Answers the next `times` requests of `api` with `error`; both as Kafka's protocol guide
    /// calls them.
    fn fail(&self, api: &str, error: &str, times: u64);

    /// Answers requests of `api` as usual from now on.
    fn clear(&self, api: &str);

    /// How many requests of `api` came since `clear`, where the cluster counts them.
    fn asked(&self, api: &str) -> Option<u64>;
}

impl Cluster for Stack {
    fn broker(&self) -> &str {
        Stack::broker(self)
    }

    fn create(&self, topic: &str) {
        let context = self.context();
        let new = NewTopic {
            name: topic.to_owned(),
            partitions: 1,
            replication: None,
            config: BTreeMap::new(),
            dry_run: false,
        };
        let admin = Admin::of(&context).unwrap();
        admin.create_topic(&context, &new, Duration::from_secs(120)).unwrap();
    }

    fn fail(&self, api: &str, error: &str, times: u64) {
        self.faults().clear();
        self.faults().fail(api, error, times as i64).unwrap();
    }

    fn clear(&self, _api: &str) {
        self.faults().clear();
    }

    fn asked(&self, api: &str) -> Option<u64> {
        Some(self.faults().requests_of(api).unwrap())
    }
}

/// librdkafka's mock cluster.
pub struct Mock {
    cluster: MockCluster<'static, DefaultProducerContext>,
    broker: String,
}

impl Mock {
    pub fn new() -> Mock {
        let cluster = MockCluster::new(1).unwrap();
        let broker = cluster.bootstrap_servers();
        Mock { cluster, broker }
    }
}

impl Cluster for Mock {
    fn broker(&self) -> &str {
        &self.broker
    }

    fn create(&self, topic: &str) {
        self.cluster.create_topic(topic, 1, 1).unwrap();
    }

    fn fail(&self, api: &str, error: &str, times: u64) {
        let error = self::error(error);
        self.cluster.request_errors(self::api(api), &vec![error; times as usize]);
    }

    fn clear(&self, api: &str) {
        self.cluster.clear_request_errors(self::api(api));
    }

    fn asked(&self, _api: &str) -> Option<u64> {
        None
    }
}

fn api(name: &str) -> Api {
    match name {
        "Produce" => Api::Produce,
        "Fetch" => Api::Fetch,
        "ListOffsets" => Api::ListOffsets,
        "Metadata" => Api::Metadata,
        "OffsetCommit" => Api::OffsetCommit,
        "OffsetFetch" => Api::OffsetFetch,
        "FindCoordinator" => Api::FindCoordinator,
        "JoinGroup" => Api::JoinGroup,
        "Heartbeat" => Api::Heartbeat,
        "SyncGroup" => Api::SyncGroup,
        "InitProducerId" => Api::InitProducerId,
        _ => panic!("no API {name}"),
    }
}

fn error(name: &str) -> Error {
    use kafka_protocol::ResponseError;
    let spelled = |error: &ResponseError| {
        let words = format!("{error:?}");
        words.eq_ignore_ascii_case(&name.replace('_', ""))
    };
    let found = (-1..=200).filter_map(ResponseError::try_from_code).find(spelled).unwrap();
    Error::try_from(i32::from(found.code())).unwrap()
}
