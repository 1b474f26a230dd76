//! The assignors, and what they know.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::super::Assignment;
use super::{range, uniform};

/// The names of all assignors, the default first.
pub const NAMES: [&str; 2] = ["uniform", "range"];

/// How partitions are shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Assignor {
    /// To all members as many of all topics; who has a partition keeps it if possible.
    #[default]
    Uniform,
    /// To all members as many of each topic, with numbers that follow each other.
    Range,
}

/// Topics by id with their numbers of partitions.
pub type Topics = BTreeMap<Uuid, i32>;

/// A member as the assignors see it.
#[derive(Debug, Clone, Default)]
pub struct Claimant {
    /// Its place in the order of members: static ones first, by their owners' ids.
    pub place: (bool, Option<String>, String),
    /// The topics it is subscribed to.
    pub topics: BTreeSet<Uuid>,
    /// What it is to have so far.
    pub has: Assignment,
}

impl Assignor {
    /// The assignor called `name`.
    pub fn named(name: &str) -> Option<Assignor> {
        [Assignor::Uniform, Assignor::Range].into_iter().find(|assignor| assignor.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Assignor::Uniform => NAMES[0],
            Assignor::Range => NAMES[1],
        }
    }

    /// Shares the partitions of `topics`: to each of `claimants`, in their order, what is for it.
    pub fn assign(self, topics: &Topics, claimants: &[Claimant]) -> Vec<Assignment> {
        match self {
            Assignor::Uniform => uniform::assign(topics, claimants),
            Assignor::Range => range::assign(topics, claimants),
        }
    }
}
