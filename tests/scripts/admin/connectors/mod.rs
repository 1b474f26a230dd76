//! `admin connectors`, against the double.

mod change;
mod end_to_end;
mod influxdb;
mod read;
mod real;

use crate::support::{ConnectDouble, Kafkaefd};

/// A Connect of the test's own, and commands that talk to it.
pub struct Bench(ConnectDouble);

impl Bench {
    /// A Connect with the source `dome`, and the sink `mount` whose two tasks have failed.
    pub fn new() -> Bench {
        let bench = Bench(ConnectDouble::start());
        bench.make("dome", r#""connector.class": "FileStreamSource", file: "/f", topic: "dome""#);
        bench.make(
            "mount",
            r#""connector.class": "FileStreamSink", file: "/missing/f", topics: "dome",
               "tasks.max": 2"#,
        );
        bench
    }

    /// An empty Connect at `address`, which is free.
    pub fn at(address: &str) -> Bench {
        Bench(ConnectDouble::at(address))
    }

    /// A connector called `name` with `options`.
    pub fn make(&self, name: &str, options: &str) {
        self.script(&format!("connect::set_connector(\"{name}\", #{{ {options} }});")).success();
    }

    pub fn url(&self) -> String {
        self.0.url()
    }

    /// The worker as states name it.
    pub fn worker(&self) -> String {
        self.0.worker()
    }

    /// `kafkaefd admin connectors …`.
    pub fn run(&self, args: &[&str]) -> Kafkaefd {
        let call = Kafkaefd::new().env("KAFKA_CONNECT", &self.url());
        call.args(["admin", "connectors"]).args(args)
    }

    /// A run of `script`.
    pub fn script(&self, script: &str) -> Kafkaefd {
        let call = Kafkaefd::new().env("KAFKA_CONNECT", &self.url()).file("t.rhai", script);
        call.args(["run", "t.rhai"])
    }
}

/// What stderr begins and ends with: the message and the remedy, without the place in a script.
pub fn message(output: &std::process::Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let help = text.lines().rfind(|line| line.starts_with("help: ")).unwrap_or("no help");
    format!("{}\n{help}", text.lines().next().unwrap_or_default())
}
