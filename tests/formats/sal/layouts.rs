use std::collections::HashMap;

use kafkaefd::formats::sal::interfaces::Interfaces;
use kafkaefd::formats::sal::layout::{Layout, Options, TopicSchema, schemas};

use super::golden;

fn converted(folder: &str, layout: Layout) -> Option<HashMap<String, TopicSchema>> {
    let interfaces = Interfaces::read(&golden::path(folder)?, &[]).unwrap();
    let made = schemas(&interfaces, &Options::of(layout));
    Some(made.into_iter().map(|topic| (topic.topic.clone(), topic)).collect())
}

#[test]
fn layout_kafkaefd_makes_the_schemas_of_2019() {
    let Some(made) = converted("ts_xml-2019-01", Layout::Kafkaefd) else { return };
    let golden = golden::lines("golden-2019.jsonl").unwrap();
    assert_eq!((golden.len(), made.len()), (990, 1227));
    for line in golden {
        let topic = line["topic"].as_str().unwrap();
        assert_eq!(made[topic].json(), line["schema"], "{topic}");
        assert_eq!(made[topic].subject, format!("lsst.sal.{topic}"));
        assert_eq!(made[topic].kafka_topic, made[topic].subject);
    }
}

#[test]
fn layout_ts_xml_makes_the_schemas_of_today() {
    let Some(made) = converted("ts_xml-28.0.1", Layout::TsXml) else { return };
    let golden = golden::lines("golden-modern.jsonl").unwrap();
    assert_eq!(golden.len(), 2411);
    for line in golden {
        let topic = line["topic"].as_str().unwrap();
        let made = &made[topic];
        // As text: the order of keys is part of the layout.
        assert_eq!(made.schema, line["schema"].to_string(), "{topic}");
        assert_eq!(made.kafka_topic, line["kafka_topic"].as_str().unwrap());
        assert_eq!(made.subject, line["subject"].as_str().unwrap());
        assert_eq!(made.revcode().as_deref(), line["revcode"].as_str(), "{topic}");
    }
}

#[test]
fn generics_are_part_of_the_layout_kafkaefd_only_when_asked_for() {
    let Some(folder) = golden::path("ts_xml-2019-01") else { return };
    let interfaces = Interfaces::read(&folder, &["MTMount".into()]).unwrap();
    let own = schemas(&interfaces, &Options::of(Layout::Kafkaefd));
    let options = Options { generics: true, ..Options::of(Layout::Kafkaefd) };
    let all = schemas(&interfaces, &options);
    let new = all.iter().filter(|topic| own.iter().all(|other| other.topic != topic.topic));
    let enable = new.clone().find(|topic| topic.topic == "MTMount_command_enable").unwrap();
    assert_eq!(enable.json()["sal_subsystem"], "MTMount");
    assert!(new.count() > 10);
}
