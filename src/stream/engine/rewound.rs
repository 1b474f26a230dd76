//! Which partitions a run has rewound already.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rdkafka::TopicPartitionList;

/// The groups, topics and partitions that were rewound. Clones share them: a partition that moves
/// from one task of the run to another goes on where it was.
#[derive(Clone, Default)]
pub struct Rewound(Arc<Mutex<HashSet<(String, String, i32)>>>);

impl Rewound {
    /// Whether the partition is rewound only now.
    pub fn enter(&self, group: &str, topic: &str, partition: i32) -> bool {
        self.lock().insert((group.to_owned(), topic.to_owned(), partition))
    }

    /// Partitions go to another member. Those that are not among `committed` are rewound again: the
    /// group's offsets are still the old ones, and whoever goes on there skips what lies before.
    pub fn revoke(
        &self,
        group: &str,
        partitions: &TopicPartitionList,
        committed: &TopicPartitionList,
    ) {
        let mut rewound = self.lock();
        for place in partitions.elements() {
            let (topic, partition) = (place.topic(), place.partition());
            if committed.find_partition(topic, partition).is_none() {
                rewound.remove(&(group.to_owned(), topic.to_owned(), partition));
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<(String, String, i32)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
