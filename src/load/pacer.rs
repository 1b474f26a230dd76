//! The moments of many topics in one line.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::time::{Duration, Instant};

use super::schedule::Schedule;

/// Tells which topic is due next, of thousands.
pub struct Pacer {
    start: Instant,
    /// Nothing is due from here on, after the start.
    end: Duration,
    /// Whether something would be due at the end or later.
    cut: bool,
    schedules: Vec<Schedule>,
    /// The next moment of each topic, the earliest on top.
    next: BinaryHeap<Reverse<(Duration, usize)>>,
}

impl Pacer {
    /// Starts the clock of all `schedules`, which stop at `end` after `start`, if there is one.
    pub fn start(schedules: Vec<Schedule>, start: Instant, end: Option<Duration>) -> Pacer {
        let (end, next) =
            (end.unwrap_or(Duration::MAX), BinaryHeap::with_capacity(schedules.len()));
        let mut pacer = Pacer { start, end, cut: false, schedules, next };
        for topic in 0..pacer.schedules.len() {
            let due = pacer.moment(topic);
            pacer.next.extend(due.map(|due| Reverse((due, topic))));
        }
        pacer
    }

    /// How long it is at `now` until something is due, or until the end where it stops schedules that
    /// would go on: zero where something is overdue, none where nothing will ever be due again.
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        if let Some(Reverse((due, _))) = self.next.peek() {
            return Some(self.at(*due)?.saturating_duration_since(now));
        }
        let left = self.at(self.end)?.saturating_duration_since(now);
        (self.cut && !left.is_zero()).then_some(left)
    }

    /// The topic that is due first, if it is by `now`, and when after the start it was: what could
    /// not be sent in time is made up for, one after the other.
    pub fn due(&mut self, now: Instant) -> Option<(usize, Duration)> {
        let Reverse((due, topic)) = *self.next.peek()?;
        if self.at(due)? > now {
            return None;
        }
        let following = self.moment(topic);
        let mut top = self.next.peek_mut()?;
        match following {
            // In its place: the heap is set right once, not for what goes and for what comes.
            Some(following) => top.0.0 = following,
            None => drop(PeekMut::pop(top)),
        }
        Some((topic, due))
    }

    /// How late it is at `now` for what was due at `due` after the start.
    pub fn late(&self, due: Duration, now: Instant) -> Duration {
        now.saturating_duration_since(self.start).saturating_sub(due)
    }

    fn at(&self, due: Duration) -> Option<Instant> {
        self.start.checked_add(due)
    }

    fn moment(&mut self, topic: usize) -> Option<Duration> {
        let due = self.schedules.get_mut(topic)?.next()?;
        self.cut |= due >= self.end;
        (due < self.end).then_some(due)
    }
}
