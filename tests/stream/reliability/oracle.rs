//! What the oracle found.

use std::process::{Command, Stdio};

use serde::Deserialize;

/// The findings of `oracle.py`, which explains them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    pub records: usize,
    pub lost: usize,
    pub corrupt: usize,
    pub duplicates: usize,
    pub disorder: usize,
    pub dead_letters: usize,
    pub smallest: usize,
    pub longest_gap: u64,
}

/// Runs the oracle.
pub fn verdict(command: &mut Command) -> Verdict {
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "the oracle failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

impl Verdict {
    /// Every record of the source is there, whole, in order and perhaps more than once.
    pub fn is_complete(&self) -> &Verdict {
        assert_eq!((self.lost, self.corrupt), (0, 0), "{self:?}");
        assert_eq!((self.disorder, self.dead_letters), (0, 0), "{self:?}");
        self
    }

    /// The same, and each once.
    pub fn is_exact(&self) -> &Verdict {
        assert_eq!(self.is_complete().duplicates, 0, "{self:?}");
        self
    }
}
