//! The brokers that are measured, each a process of its own.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use crate::process::Process;

/// A broker; one that was started here ends when it is dropped.
pub struct Broker {
    pub name: &'static str,
    pub process: Process,
    /// Seconds from the start of the process to its greeting; 0 for one that ran already.
    pub started: f64,
    bootstrap: String,
    own: Option<(Child, TempDir)>,
}

impl Broker {
    /// A fresh embedded broker, and the real one if there is one.
    pub fn all() -> Vec<Broker> {
        [Some(Broker::embedded()), Broker::real()].into_iter().flatten().collect()
    }

    /// `kafkaefd up` on free ports, listed where nobody else looks.
    pub fn embedded() -> Broker {
        let home = TempDir::new().unwrap();
        let start = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_kafkaefd"))
            .args(["up", "--port", "0", "--registry-port", "0"])
            .env("XDG_RUNTIME_DIR", home.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let line = lines.find(|line| line.starts_with("  broker")).unwrap();
        let started = start.elapsed().as_secs_f64();
        let bootstrap = line.split(' ').next_back().unwrap().to_owned();
        let process = Process(child.id());
        Broker { name: "embedded", process, started, bootstrap, own: Some((child, home)) }
    }

    fn real() -> Option<Broker> {
        let bootstrap = env::var("KAFKA").ok()?;
        let pid = env::var("KAFKA_PID").expect("KAFKA_PID: the process of the broker at KAFKA");
        let process = Process(pid.trim().parse().unwrap());
        Some(Broker { name: "Kafka", process, started: 0.0, bootstrap, own: None })
    }

    pub fn bootstrap(&self) -> &str {
        &self.bootstrap
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        if let Some((child, _home)) = &mut self.own {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}
