//! Components as scripts hold them.

use std::fmt;
use std::sync::Arc;

use rhai::{Array, Dynamic, Map};

use super::interfaces::{self, Interfaces, TopicsOptions};
use super::one_or_many::OneOrMany;
use crate::formats::sal::interfaces::{Component, Subsystem as Listed};
use crate::modules::error::RhaiResultOf;

/// A cheap handle to a component of interfaces.
#[derive(Clone)]
pub struct Subsystem {
    pub listed: Arc<Listed>,
    of: Interfaces,
}

impl Subsystem {
    pub fn new(component: &Component, of: Interfaces) -> Subsystem {
        Subsystem { listed: Arc::new(component.subsystem.clone()), of }
    }

    /// The names of its indices, each with its number.
    pub fn indices(&self) -> Map {
        // SAL counts the names from 1 where the interfaces give no numbers.
        let all = &self.listed.indices;
        let first = i64::from(!all.has_values());
        let named = all.symbols.iter().zip(all.values());
        named.map(|(symbol, value)| (symbol.name.as_str().into(), (value + first).into())).collect()
    }

    /// Its topics, laid out as `given` says.
    pub fn topics(&self, given: TopicsOptions) -> RhaiResultOf<Array> {
        let subsystem = OneOrMany(vec![self.listed.name.clone()]);
        interfaces::topics(&self.of, &TopicsOptions { subsystem, ..given })
    }
}

impl IntoIterator for Subsystem {
    type Item = RhaiResultOf<Dynamic>;
    type IntoIter = std::vec::IntoIter<RhaiResultOf<Dynamic>>;

    /// What a `for` loop over the handle goes through: the topics, or why there are none.
    fn into_iter(self) -> Self::IntoIter {
        let topics = self.topics(TopicsOptions::default());
        let all = topics.map(|topics| topics.into_iter().map(Ok).collect());
        all.unwrap_or_else(|error| vec![Err(error)]).into_iter()
    }
}

impl fmt::Display for Subsystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Subsystem({})", self.listed.name)
    }
}
