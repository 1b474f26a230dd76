//! Whether a schema has any value at all: one that contains itself without a way out has none.

use super::part::{Part, Plan};

/// Whether the value of `plan` comes to an end when each choice is for the shortest way.
pub fn finite(plan: &Plan) -> bool {
    let mut ends = vec![false; plan.parts.len()];
    // Each round finds at least one part more that ends, or is the last.
    loop {
        let before = ends.iter().filter(|ends| **ends).count();
        for (at, part) in plan.parts.iter().enumerate() {
            let ended = |other: &usize| ends.get(*other).copied().unwrap_or(true);
            let now = match part {
                Part::Union(branches, _) => branches.iter().any(ended),
                Part::Record(fields) => fields.iter().all(ended),
                // Nested too deep, an array or a map is empty.
                _ => true,
            };
            if let Some(known) = ends.get_mut(at) {
                *known |= now;
            }
        }
        if ends.iter().filter(|ends| **ends).count() == before {
            return ends.get(plan.root).copied().unwrap_or(true);
        }
    }
}
