//! The part of the process's surroundings that settings depend on.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::given::Given;

/// Environment variables and the current folder. Tests make their own.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Environment {
    variables: BTreeMap<String, String>,
    folder: PathBuf,
}

/// Variables may hold secrets: none is shown.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Environment {
    /// The surroundings of this process. Variables that are not UTF-8 are left out.
    pub fn of_process() -> Environment {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Environment { variables, folder: PathBuf::from(".") }
    }

    /// Surroundings made of `variables`, with `folder` as the current one.
    pub fn new<'a>(
        folder: impl Into<PathBuf>,
        variables: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Environment {
        let variables = variables.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        Environment { variables, folder: folder.into() }
    }

    /// The variable `name`; an empty one counts as unset, as a manifest leaves it.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Whether this process runs in a pod.
    pub fn in_kubernetes(&self) -> bool {
        self.variable("KUBERNETES_SERVICE_HOST").is_some()
    }

    /// The current folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The user's configuration folder (XDG Base Directory Specification), if there is a home.
    pub fn config_folder(&self) -> Option<PathBuf> {
        let xdg = self.variable("XDG_CONFIG_HOME").map(PathBuf::from);
        let own = xdg.filter(|folder| folder.is_absolute());
        own.or_else(|| Some(Path::new(self.variable("HOME")?).join(".config")))
    }

    /// The user's cache folder (XDG Base Directory Specification), if there is a home.
    pub fn cache_folder(&self) -> Option<PathBuf> {
        let xdg = self.variable("XDG_CACHE_HOME").map(PathBuf::from);
        let own = xdg.filter(|folder| folder.is_absolute());
        own.or_else(|| Some(Path::new(self.variable("HOME")?).join(".cache")))
    }

    /// What the variables say, in the form of the command line.
    pub(super) fn given(&self) -> Given {
        let read = |name| self.variable(name).map(str::to_owned);
        Given {
            broker: read("BROKER"),
            registry: read("SCHEMAREGISTRY"),
            connect: read("KAFKA_CONNECT"),
            profile: read("KAFKAEFD_PROFILE"),
            stack: read("KAFKAEFD_STACK"),
            output: read("KAFKAEFD_OUTPUT"),
            log_level: read("KAFKAEFD_LOG_LEVEL"),
        }
    }
}
