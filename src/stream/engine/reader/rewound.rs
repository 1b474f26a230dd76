//! Which partitions a run has rewound already.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rdkafka::TopicPartitionList;

/// Group, topic and partition.
type Place = (String, String, i32);

/// The partitions that were rewound, each with whether its group has committed an offset since.
/// Clones share them: a partition that moves from one task of the run to another goes on where it
/// was.
#[derive(Clone, Default)]
pub struct Rewound(Arc<Mutex<HashMap<Place, bool>>>);

impl Rewound {
    /// Whether the partition is rewound only now.
    pub fn enter(&self, group: &str, topic: &str, partition: i32) -> bool {
        let mut rewound = self.lock();
        let known = rewound.len();
        rewound.entry((group.to_owned(), topic.to_owned(), partition)).or_insert(false);
        rewound.len() > known
    }

    /// The group has committed `offsets`.
    pub fn commit(&self, group: &str, offsets: &TopicPartitionList) {
        let mut rewound = self.lock();
        for place in offsets.elements() {
            let place = (group.to_owned(), place.topic().to_owned(), place.partition());
            rewound.entry(place).and_modify(|committed| *committed = true);
        }
    }

    /// Partitions go to another member. Without a commit since the rewind they are rewound again:
    /// the group's offsets are still the old ones, and going on there would skip what lies before.
    pub fn revoke(&self, group: &str, partitions: &TopicPartitionList) {
        let mut rewound = self.lock();
        for place in partitions.elements() {
            let place = (group.to_owned(), place.topic().to_owned(), place.partition());
            if rewound.get(&place) == Some(&false) {
                rewound.remove(&place);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Place, bool>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
