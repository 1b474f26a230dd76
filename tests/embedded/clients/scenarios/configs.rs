//! Configs of topics.

use crate::embedded::clients::client::Deed;
use crate::embedded::clients::scene::Scene;

pub fn change(scene: &Scene) {
    let topic = scene.topic("tuned", 1);
    let client = scene.client();
    client.configure(&topic, "retention.ms", "7200000").unwrap();
    client.configure(&topic, "max.message.bytes", "20000").unwrap();
    client.configure(&topic, "retention.ms", "3600000").unwrap();
    let config = scene.other(&[Deed::Describe]).describe(&topic).unwrap().config;
    let config: Vec<_> = config.iter().map(|(name, value)| (name.as_str(), &**value)).collect();
    assert_eq!(config, [("max.message.bytes", "20000"), ("retention.ms", "3600000")]);
}
