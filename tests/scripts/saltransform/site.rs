//! An observatory of a test's own: servers may be shared, the names of its weather station are not.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{Kafkaefd, Running, Stack};

/// The demo's interfaces, whose component `Weather` is called `Weather######`, and the servers.
pub struct Site<'a> {
    pub stack: &'a Stack,
    home: TempDir,
}

impl Site<'_> {
    pub fn new(stack: &Stack) -> Site<'_> {
        let site = Site { stack, home: TempDir::new().unwrap() };
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/demo/interfaces");
        let name = stack.tagged("Weather######");
        let folder = site.xml().join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        for file in ["Events", "Telemetry"] {
            let text = std::fs::read_to_string(demo.join(format!("Weather/Weather_{file}.xml")));
            let text = text.unwrap().replace("Weather", &name);
            std::fs::write(folder.join(format!("{name}_{file}.xml")), text).unwrap();
        }
        for file in ["SALSubsystems.xml", "SALGenerics.xml"] {
            let text = std::fs::read_to_string(demo.join(file)).unwrap();
            let text = text.replace("<Name>Weather<", &format!("<Name>{name}<"));
            std::fs::write(site.xml().join(file), text).unwrap();
        }
        site
    }

    fn xml(&self) -> PathBuf {
        self.home.path().join("sal_interfaces")
    }

    pub fn init(&self) -> Kafkaefd {
        let line = ["saltransform", "init", "--subsystem", "Weather######", "--xml-dir"];
        self.stack.kafkaefd().args(line).args([self.xml()])
    }

    /// What runs to the end of the topics.
    pub fn once(&self) -> Kafkaefd {
        let line = ["saltransform", "run", "--subsystem", "Weather######", "--once"];
        let rest = ["--auto-offset-reset", "earliest", "--prometheus-port", "0"];
        self.stack.kafkaefd().args(line).args(rest)
    }

    /// What runs until it is stopped.
    pub fn run(&self, args: &[&str]) -> Running {
        let name = self.stack.tagged("Weather######");
        let line = ["saltransform", "run", "--subsystem", &name, "--log-level", "info"];
        let servers = ["--broker", self.stack.broker(), "--registry", self.stack.registry()];
        Running::start(self.home.path(), &[&line[..], &servers[..], args].concat())
    }

    /// A script in which `interfaces` are those of the site.
    pub fn script(&self, script: &str) -> Kafkaefd {
        let read = format!("let interfaces = sal::interfaces(\"{}\");\n", self.xml().display());
        self.stack.script(&(read + script))
    }
}
