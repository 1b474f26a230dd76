//! Plugins: which classes the workers can run, and which options those have.

use reqwest::Method;
use serde::Deserialize;

use super::error::ConnectError;
use super::session::{Call, Connect};
use crate::nearest::nearest;

/// A class that the workers can run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Plugin {
    /// Its full name.
    pub class: String,
    /// `source`, `sink`, `converter`, `header_converter`, `transformation` or `predicate`.
    #[serde(default, rename = "type")]
    pub kind: String,
    /// Its version, where it says one.
    #[serde(default)]
    pub version: Option<String>,
}

/// An option of a plugin.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// `STRING`, `INT`, `LIST`, `PASSWORD`, …
    #[serde(default, rename = "type")]
    pub kind: String,
    /// Whether it must be given.
    #[serde(default)]
    pub required: bool,
    /// What it is where it is not given.
    #[serde(default, rename = "default_value")]
    pub default: Option<String>,
    /// `HIGH`, `MEDIUM` or `LOW`.
    #[serde(default)]
    pub importance: String,
    /// What it does.
    #[serde(default)]
    pub documentation: String,
    /// The group of options it belongs to.
    #[serde(default)]
    pub group: Option<String>,
}

impl Connect {
    /// All plugins, sorted by kind and class.
    pub fn plugins(&self) -> Result<Vec<Plugin>, ConnectError> {
        let call = Call::new("list plugins of", Method::GET, &["connector-plugins"])
            .with("connectorsOnly", "false");
        let (attempt, answer) = self.send(&call)?;
        let mut plugins: Vec<Plugin> = answer.read(&attempt)?;
        plugins.sort_by(|a, b| (&a.kind, &a.class).cmp(&(&b.kind, &b.class)));
        plugins.dedup();
        Ok(plugins)
    }

    /// The options of the plugin `class`, its full name or the last part of it.
    pub fn options(&self, class: &str) -> Result<Vec<Definition>, ConnectError> {
        let path = ["connector-plugins", class, "config"];
        let call =
            Call::new(format!("list the options of plugin `{class}` at"), Method::GET, &path);
        let (attempt, answer) = self.send(&call)?;
        answer.read(&attempt).map_err(|error| self.no_plugin(class, error))
    }

    /// `error`, or that there is no plugin `class` where that is what it means.
    pub(super) fn no_plugin(&self, class: &str, error: ConnectError) -> ConnectError {
        // Connect answers 404, 400 or, before version 3, 500.
        let ConnectError::Refused { attempt, status: 400 | 404 | 500, .. } = &error else {
            return error;
        };
        let Ok(plugins) = self.plugins() else { return error };
        if plugins.iter().any(|plugin| is_meant(class, &plugin.class)) {
            return error;
        }
        // A name may be misspelt in each of the forms that Connect takes.
        let forms = plugins.iter().flat_map(|plugin| {
            let last = plugin.class.rsplit('.').next().unwrap_or_default();
            let short = last.strip_suffix("Connector").unwrap_or(last);
            [&plugin.class, last, short].map(|form| (form, &plugin.class))
        });
        let forms: Vec<(&str, &String)> = forms.collect();
        let near = nearest(class, forms.iter().map(|(form, _)| *form));
        let near = forms.iter().find(|(form, _)| near == Some(form)).map(|(_, class)| *class);
        ConnectError::Absent {
            attempt: attempt.clone(),
            what: format!("plugin as `{class}`"),
            remedy: near.map_or(
                "install it on the workers; what they have is listed by: \
                 kafkaefd admin connectors plugins"
                    .to_owned(),
                |near| format!("did you mean `{near}`?"),
            ),
        }
    }
}

/// Whether Connect takes `given` for the class `full`: its last part, without `Connector`, will do.
fn is_meant(given: &str, full: &str) -> bool {
    let last = full.rsplit('.').next().unwrap_or_default();
    given == full || given == last || Some(given) == last.strip_suffix("Connector")
}
