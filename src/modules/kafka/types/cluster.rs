//! The cluster as a map.

use rhai::{Array, Dynamic, Map};

use crate::clients::kafka::Cluster;

/// The cluster with its brokers.
pub fn cluster_map(cluster: Cluster) -> Map {
    let controller = cluster.controller;
    let brokers: Array = cluster
        .brokers
        .into_iter()
        .map(|broker| {
            Map::from([
                ("controller".into(), (controller == Some(broker.id)).into()),
                ("id".into(), i64::from(broker.id).into()),
                ("host".into(), broker.host.into()),
                ("port".into(), i64::from(broker.port).into()),
                ("rack".into(), broker.rack.map_or(Dynamic::UNIT, Dynamic::from)),
            ])
            .into()
        })
        .collect();
    Map::from([
        ("id".into(), cluster.id.map_or(Dynamic::UNIT, Dynamic::from)),
        ("controller".into(), controller.map_or(Dynamic::UNIT, |id| i64::from(id).into())),
        ("brokers".into(), brokers.into()),
    ])
}
