//! The APIs of topics and configs, at each version.

use kafka_protocol::messages::alter_configs_request::{self, AlterableConfig};
use kafka_protocol::messages::create_partitions_request::CreatePartitionsTopic;
use kafka_protocol::messages::create_topics_request::{CreatableTopic, CreatableTopicConfig};
use kafka_protocol::messages::delete_topics_request::DeleteTopicState;
use kafka_protocol::messages::describe_configs_request::DescribeConfigsResource;
use kafka_protocol::messages::incremental_alter_configs_request as incremental;
use kafka_protocol::messages::metadata_request::MetadataRequestTopic;
use kafka_protocol::messages::*;

use super::versions::{Tour, text, topic};

pub fn topics(tour: &mut Tour) {
    let create = |version: i16| {
        let config = CreatableTopicConfig::default()
            .with_name(text("retention.ms"))
            .with_value(Some(text("1000")));
        let good = CreatableTopic::default()
            .with_name(topic(&format!("bills{version}")))
            .with_num_partitions(1)
            .with_replication_factor(1)
            .with_configs(vec![config]);
        let bad = good.clone().with_name(topic("a b"));
        CreateTopicsRequest::default().with_topics(vec![good, bad])
    };
    tour.every(create, |version, answer| {
        assert_eq!((answer.topics[0].error_code, answer.topics[1].error_code), (0, 17));
        assert_eq!(answer.topics[0].num_partitions, if version >= 5 { 1 } else { -1 });
    });
    let grow = |version: i16| {
        let wanted = CreatePartitionsTopic::default()
            .with_name(topic("bills2"))
            .with_count(i32::from(version) + 2)
            .with_assignments(None);
        CreatePartitionsRequest::default().with_topics(vec![wanted])
    };
    tour.every(grow, |_, answer| assert_eq!(answer.results[0].error_code, 0));
    let delete = |version: i16| {
        let names = [format!("bills{}", version + 1), "nothing".to_owned()];
        let request = DeleteTopicsRequest::default();
        match version {
            6.. => {
                let state = |name| DeleteTopicState::default().with_name(Some(topic(name)));
                request.with_topics(names.iter().map(|name| state(name)).collect())
            }
            _ => request.with_topic_names(names.iter().map(|name| topic(name)).collect()),
        }
    };
    tour.every(delete, |_, answer| {
        assert_eq!((answer.responses[0].error_code, answer.responses[1].error_code), (0, 3));
    });
    let ask = |_| {
        let wanted = MetadataRequestTopic::default().with_name(Some(topic("new")));
        MetadataRequest::default().with_topics(Some(vec![wanted]))
    };
    tour.every(ask, |_, answer| assert_eq!(answer.topics[0].error_code, 0));
}

pub fn configs(tour: &mut Tour) {
    let describe = |_| {
        let resource = |kind, name| {
            let resource = DescribeConfigsResource::default().with_resource_type(kind);
            resource.with_resource_name(text(name)).with_configuration_keys(None)
        };
        let wanted = vec![resource(2, "orders"), resource(4, "1"), resource(2, "nothing")];
        DescribeConfigsRequest::default().with_resources(wanted).with_include_synonyms(true)
    };
    tour.every(describe, |_, answer| {
        let errors: Vec<_> = answer.results.iter().map(|result| result.error_code).collect();
        assert_eq!(errors, [0, 0, 3]);
        assert_eq!(answer.results[0].configs[0].synonyms.len(), 1);
    });
    let alter = |_| {
        let config = AlterableConfig::default().with_name(text("retention.ms"));
        let wanted = alter_configs_request::AlterConfigsResource::default()
            .with_resource_type(2)
            .with_resource_name(text("orders"))
            .with_configs(vec![config.with_value(Some(text("1000")))]);
        AlterConfigsRequest::default().with_resources(vec![wanted])
    };
    tour.every(alter, |_, answer| assert_eq!(answer.responses[0].error_code, 0));
    let change = |_| {
        let config = |name, operation, value: Option<&str>| {
            incremental::AlterableConfig::default()
                .with_name(text(name))
                .with_config_operation(operation)
                .with_value(value.map(text))
        };
        let configs = vec![
            config("retention.ms", 1, None),
            config("cleanup.policy", 2, Some("compact")),
            config("segment.ms", 0, Some("5000")),
        ];
        let wanted = incremental::AlterConfigsResource::default()
            .with_resource_type(2)
            .with_resource_name(text("orders"))
            .with_configs(configs);
        IncrementalAlterConfigsRequest::default().with_resources(vec![wanted])
    };
    tour.every(change, |_, answer| assert_eq!(answer.responses[0].error_code, 0));
    let answer = tour.raw.call(4, &describe(4));
    let value = |name: &str| {
        let configs = &answer.results[0].configs;
        configs.iter().find(|config| &*config.name == name).unwrap().value.clone()
    };
    assert_eq!(value("retention.ms"), Some(text("604800000")));
    assert_eq!(value("cleanup.policy"), Some(text("delete,compact")));
    assert_eq!(value("segment.ms"), Some(text("5000")));
}
