//! A stack in a process of its own, at the same ports whenever it is started.

use std::net::TcpListener;

use tempfile::TempDir;

use crate::support::Running;

pub struct Server {
    home: TempDir,
    ports: [u16; 2],
    process: Option<Running>,
    /// How many torn ends it said that it cut off.
    pub cut: usize,
}

impl Server {
    pub fn start() -> Server {
        let home = TempDir::new().unwrap();
        let mut server = Server { home, ports: [port(), port()], process: None, cut: 0 };
        server.restart();
        server
    }

    pub fn broker(&self) -> String {
        format!("127.0.0.1:{}", self.ports[0])
    }

    pub fn registry(&self) -> String {
        format!("127.0.0.1:{}", self.ports[1])
    }

    pub fn kill(&mut self) {
        let ended = self.process.take().unwrap().stop("KILL");
        assert_eq!(ended.code, None, "{ended:?}");
        assert!(ended.stderr.lines().all(|line| line.starts_with("note: cut ")), "{ended:?}");
        self.cut += ended.stderr.lines().count();
    }

    pub fn restart(&mut self) {
        let ports = self.ports.map(|port| port.to_string());
        let args = ["up", "--data", "data", "--port", &ports[0], "--registry-port", &ports[1]];
        let mut process = Running::start(self.home.path(), &args);
        let greeting = process.lines(8);
        let is_up = greeting[0].ends_with("its data lives in data");
        assert!(is_up, "{greeting:?} {:?}", process.stop("KILL"));
        self.process = Some(process);
    }
}

/// A free port that no client gets by chance: those above are given to connections.
fn port() -> u16 {
    loop {
        let port = fastrand::u16(15_000..30_000);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
