//! Registering many schemas, some at a time.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::error::RegistryError;
use super::session::Registry;
use super::version::Draft;
use super::write::Terms;

/// A schema and the subject that it is for.
pub type Registration = (String, Draft);

/// What became of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The subject holds it now, under this id.
    Registered(u32),
    /// The subject held it before.
    Unchanged(u32),
}

/// The subject and what became of its schema.
pub type Done = (String, Result<Outcome, RegistryError>);

/// What becomes of schemas, each as soon as it is known. Once nobody holds it any more, no further
/// schema is begun.
#[derive(Debug, Clone)]
pub struct Registering(Arc<Work>);

#[derive(Debug)]
struct Work {
    waiting: Arc<Waiting>,
    done: Mutex<Receiver<Done>>,
}

type Waiting = Mutex<VecDeque<Registration>>;

impl Registry {
    /// Registers `registrations`, `parallel` at a time, each once a lookup has not found it.
    pub fn register_each(&self, registrations: Vec<Registration>, parallel: usize) -> Registering {
        let workers = parallel.clamp(1, registrations.len().max(1));
        let waiting = Arc::new(Mutex::new(VecDeque::from(registrations)));
        let (sender, receiver) = channel();
        for _ in 0..workers {
            let (registry, sender, waiting) = (self.clone(), sender.clone(), waiting.clone());
            thread::spawn(move || registry.work_off(&waiting, &sender));
        }
        Registering(Arc::new(Work { waiting, done: Mutex::new(receiver) }))
    }

    fn work_off(&self, waiting: &Waiting, done: &Sender<Done>) {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some((subject, draft)) = next else { return };
            let outcome = self.register_unless_there(&subject, &draft);
            if done.send((subject, outcome)).is_err() {
                return; // nobody wants to know
            }
        }
    }

    fn register_unless_there(
        &self,
        subject: &str,
        draft: &Draft,
    ) -> Result<Outcome, RegistryError> {
        match self.lookup(subject, draft)? {
            Some(there) => Ok(Outcome::Unchanged(there.id)),
            None => Ok(Outcome::Registered(self.register(subject, draft, Terms::default())?)),
        }
    }
}

impl Iterator for Registering {
    type Item = Done;

    /// Waits for the next one; none once all are known.
    fn next(&mut self) -> Option<Done> {
        self.0.done.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
