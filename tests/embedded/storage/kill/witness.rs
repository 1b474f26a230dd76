//! Clients that know what a stack acknowledged.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep};
use std::time::{Duration, Instant};

/// How long a stack that works may take for an answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client that asks for things again and again, and knows what was acknowledged.
pub trait Witness: Send + Sync {
    /// Asks for a few more things. The stack may be down, or killed at any moment.
    fn ask(&self);

    /// Fails if a thing is missing that was acknowledged before the call, or is there otherwise than
    /// it was acknowledged.
    fn check(&self);

    /// How many things were acknowledged, and what they are.
    fn acknowledged(&self) -> (usize, &'static str);
}

/// Witnesses at work, each in its own thread.
pub struct Witnesses {
    all: Vec<Arc<dyn Witness>>,
    /// Held by each while it asks.
    at_work: Vec<Arc<Mutex<()>>>,
    threads: Vec<JoinHandle<()>>,
    turn: Arc<Turn>,
}

/// Whether they work, rest or stop.
#[derive(Default)]
struct Turn {
    rest: AtomicBool,
    stop: AtomicBool,
}

impl Witnesses {
    pub fn start(all: Vec<Arc<dyn Witness>>) -> Witnesses {
        let turn = Arc::<Turn>::default();
        let start = |witness: &Arc<dyn Witness>| {
            let (witness, turn) = (witness.clone(), turn.clone());
            let at_work = Arc::new(Mutex::new(()));
            let thread = std::thread::spawn({
                let at_work = at_work.clone();
                move || turn.work(&*witness, &at_work)
            });
            (at_work, thread)
        };
        let (at_work, threads) = all.iter().map(start).unzip();
        Witnesses { all, at_work, threads, turn }
    }

    /// Waits until each of them got something acknowledged from now on.
    pub fn progress(&self) {
        let counts = || self.all.iter().map(|witness| witness.acknowledged().0);
        let before: Vec<_> = counts().collect();
        let end = Instant::now() + PATIENCE;
        while counts().zip(&before).any(|(count, before)| count <= *before) {
            let now: Vec<_> = counts().collect();
            assert!(Instant::now() < end, "nothing is acknowledged to some: {before:?}, {now:?}");
            sleep(Duration::from_millis(1));
        }
    }

    /// Lets each look whether all is there, while none asks for more.
    pub fn check(&self) {
        self.turn.rest.store(true, Ordering::SeqCst);
        let resting: Vec<_> = self.at_work.iter().map(|at_work| at_work.lock().unwrap()).collect();
        for witness in &self.all {
            witness.check();
        }
        drop(resting);
        self.turn.rest.store(false, Ordering::SeqCst);
    }

    /// Lets each look a last time, and returns what was acknowledged.
    pub fn stop(self) -> String {
        self.turn.stop.store(true, Ordering::SeqCst);
        for thread in self.threads {
            thread.join().unwrap();
        }
        let words = self.all.iter().map(|witness| {
            witness.check();
            let (count, what) = witness.acknowledged();
            format!("{count} {what}")
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

impl Turn {
    fn work(&self, witness: &dyn Witness, at_work: &Mutex<()>) {
        while !self.stop.load(Ordering::SeqCst) {
            if self.rest.load(Ordering::SeqCst) {
                sleep(Duration::from_millis(1));
            } else {
                let _busy = at_work.lock().unwrap();
                witness.ask();
            }
        }
    }
}
