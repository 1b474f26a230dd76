//! Lets workers send into a transaction, and keeps them out while it ends.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Whom the transaction waits for, and what came since it began.
#[derive(Default)]
pub struct Door {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    closed: bool,
    dismissed: bool,
    inside: usize,
    entered: u64,
    first: Option<Instant>,
    /// The commits before the open transaction.
    commits: u64,
}

/// While it is held, what is sent belongs to the open transaction.
pub struct Inside<'a> {
    door: &'a Door,
    /// The commits before the open transaction.
    pub commits: u64,
}

impl Door {
    /// Waits until a transaction is open; none where there will be no other.
    pub fn enter(&self) -> Option<Inside<'_>> {
        let state = self.lock();
        let closed = |state: &mut State| state.closed && !state.dismissed;
        let waited = self.changed.wait_while(state, closed);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.dismissed {
            return None;
        }
        state.inside += 1;
        state.entered += 1;
        state.first.get_or_insert_with(Instant::now);
        Some(Inside { door: self, commits: state.commits })
    }

    /// Lets nobody in any more, and nobody wait.
    pub fn dismiss(&self) {
        self.lock().dismissed = true;
        self.changed.notify_all();
    }

    /// How many entered since it was opened, and how long ago the first did.
    pub fn entered(&self) -> (u64, Duration) {
        let state = self.lock();
        (state.entered, state.first.map_or(Duration::ZERO, |first| first.elapsed()))
    }

    /// Lets nobody in any more.
    pub fn close(&self) {
        self.lock().closed = true;
    }

    /// Whether nobody is inside; waits for that at most `wait`.
    pub fn empty(&self, wait: Duration) -> bool {
        let inside = |state: &mut State| state.inside > 0;
        let waited = self.changed.wait_timeout_while(self.lock(), wait, inside);
        waited.unwrap_or_else(PoisonError::into_inner).0.inside == 0
    }

    /// Lets workers into the next transaction, the one after so many commits.
    pub fn open(&self, commits: u64) {
        let mut state = self.lock();
        (state.closed, state.entered, state.first) = (false, 0, None);
        state.commits = commits;
        drop(state);
        self.changed.notify_all();
    }

    /// Whether workers would have to wait.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        let mut state = self.door.lock();
        state.inside -= 1;
        let wake = state.inside == 0 && state.closed;
        drop(state);
        if wake {
            self.door.changed.notify_all();
        }
    }
}
