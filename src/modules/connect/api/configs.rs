//! Configurations of connectors, as files and as people may see them.

use rhai::Map;
use rhai::plugin::*;

use crate::clients::connect as client;
use crate::modules::connect::types;
use crate::modules::error::RhaiResultOf;

/// Configurations of connectors, as files and as people may see them.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod connect {
    /// Reads the configuration of a connector from a file.
    ///
    /// `path` is a JSON file, `-` standard input. It holds an object of options, or one with `name`
    /// and `config`, as Connect's own API takes and shows it.
    ///
    /// Returns a map of text, with `name` where the file says it. An error of kind `not_found` or
    /// `invalid` says what is wrong with the file.
    ///
    /// ```rhai
    /// try { connect::load_config("missing.json") } catch (err) { print(err.message); }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn load_config(path: &str) -> RhaiResultOf<Map> {
        let (name, mut config) = client::load_config(path)?;
        if let Some(name) = name {
            config.insert("name".to_owned(), name);
        }
        Ok(types::config_map(config))
    }

    /// The configuration `config` as it may be shown: secrets are `***`.
    ///
    /// An option is secret by its name: `connection.password`, `sasl.jaas.config`, … Of a URL only
    /// the password is secret, and references as `${file:secrets:password}` are shown.
    ///
    /// Returns a map of text. An error of kind `usage` says that an option is no text, number or
    /// bool.
    ///
    /// ```rhai
    /// connect::mask_config(#{ topics: "dome", "connect.influx.password": "s3cret" })
    /// // => #{"connect.influx.password": "***", "topics": "dome"}
    /// ```
    #[rhai_fn(return_raw)]
    pub fn mask_config(config: Map) -> RhaiResultOf<Map> {
        Ok(types::config_map(client::masked(&types::config(&config)?)))
    }
}
