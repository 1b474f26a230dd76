//! What `kafkaefd up` says once its servers listen.

use std::path::Path;

use crate::cli::locate::DEFAULT;
use crate::settings::Endpoints;

/// Where stack `name` is and keeps its data, and three lines to copy.
pub fn greeting(name: &str, endpoints: &Endpoints, data: Option<&Path>) -> String {
    let data = data.map_or("memory".to_owned(), |folder| folder.display().to_string());
    let stack = if name == DEFAULT { String::new() } else { format!(" --stack {name}") };
    let broker = endpoints.broker.as_deref().unwrap_or_default();
    let registry = endpoints.registry.as_deref().unwrap_or_default();
    format!(
        "stack `{name}` is up, for development only; its data lives in {data}\n  \
           broker    {broker}\n  \
           registry  {registry}\n\
         in another shell:\n  \
           kafkaefd admin topics list{stack}\n  \
           kafkaefd repl{stack}\n  \
           kcat -b {broker} -L\n\
         Ctrl-C stops it\n"
    )
}
