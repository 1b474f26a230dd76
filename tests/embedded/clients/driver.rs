//! A process that answers lines of JSON with lines of JSON, several at once.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

/// How long an answer may take; a loaded machine is slow.
const PATIENCE: Duration = Duration::from_secs(90);

type Waiting = Arc<Mutex<HashMap<u64, Sender<Value>>>>;

/// A process for all tests of this run; it ends when its standard input does, with this process.
pub struct Driver {
    requests: Mutex<(ChildStdin, u64)>,
    waiting: Waiting,
}

impl Driver {
    pub fn start(command: &mut Command) -> Driver {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let requests = Mutex::new((child.stdin.take().unwrap(), 0));
        let waiting = Waiting::default();
        let answered = waiting.clone();
        std::thread::spawn(move || answer(child, &answered));
        Driver { requests, waiting }
    }

    /// The answer to `request`, a map.
    pub fn call(&self, mut request: Value) -> Value {
        let (sender, receiver) = channel();
        {
            let (stdin, count) = &mut *self.requests.lock().unwrap();
            *count += 1;
            request["id"] = (*count).into();
            self.waiting.lock().unwrap().insert(*count, sender);
            writeln!(stdin, "{request}").unwrap();
        }
        let answer = receiver.recv_timeout(PATIENCE);
        answer.unwrap_or_else(|_| panic!("no answer to {:.500}", request.to_string()))
    }
}

/// Hands each answer to the call that waits for it.
fn answer(mut child: Child, waiting: &Waiting) {
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{line}: {e}"));
        let id = answer["id"].as_u64().unwrap();
        let call = waiting.lock().unwrap().remove(&id);
        // A call that no longer waits has failed its test.
        let _ = call.unwrap().send(answer);
    }
    // Those that wait learn that nothing comes.
    waiting.lock().unwrap().clear();
    let _ = child.wait();
}
