//! What the members of a group read, as far as the broker must know.

use bytes::{Buf, Bytes};
use kafka_protocol::messages::ConsumerProtocolSubscription;
use kafka_protocol::protocol::Decodable;

use super::Group;

impl Group {
    /// Whether a member is subscribed to `topic`. A subscription that cannot be read counts as one
    /// to every topic, as in Kafka.
    pub fn subscribes(&self, topic: &str) -> bool {
        let consumers = self.protocol_type.as_deref() == Some("consumer");
        let mut subscriptions = self.members.values().flat_map(|member| &member.protocols);
        consumers && subscriptions.any(|(_, metadata)| names(metadata.clone(), topic))
    }
}

fn names(mut metadata: Bytes, topic: &str) -> bool {
    let Ok(version) = metadata.try_get_i16() else {
        return true;
    };
    // Newer subscriptions only add fields at their end.
    match ConsumerProtocolSubscription::decode(&mut metadata, version.clamp(0, 3)) {
        Ok(subscription) => subscription.topics.iter().any(|name| name.as_str() == topic),
        Err(_) => true,
    }
}
