//! The tables of a profile that say how its servers are reached: TLS, passwords, properties.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeString, DeValue};

use super::Secret;
use super::error::SettingsError;
use super::table::Table;
use super::value::Value;

/// A key of the file with its place.
type Key<'a> = Spanned<DeString<'a>>;

impl Table<'_> {
    /// TLS and authentication of an HTTP server.
    pub fn http(&self) -> Result<BTreeMap<String, Value>, SettingsError> {
        let paths = ["ca", "cert", "key"];
        let words = ["user", "password", "token"];
        let outside = ["user_env", "password_env", "token_env", "password_file", "token_file"];
        let commands = ["password_command", "token_command"];
        self.only(paths.into_iter().chain(words).chain(outside).chain(commands))?;
        let mut values = BTreeMap::new();
        for key in paths {
            if let Some(path) = self.text(key)? {
                values.insert(key.to_owned(), Value::Text(Secret::new(self.path(&path))));
            }
        }
        for key in words.into_iter().chain(outside) {
            if let Some(text) = self.text(key)? {
                self.place_value(key, text, &mut values);
            }
        }
        for (key, value) in self.entries().filter(|(key, _)| commands.contains(&&**key.get_ref())) {
            self.place_command(key, value, key.get_ref(), &mut values)?;
        }
        Ok(values)
    }

    /// Properties of librdkafka, written `"sasl.username" = …` or `sasl.username = …`.
    pub fn properties(&self) -> Result<BTreeMap<String, Value>, SettingsError> {
        let mut values = BTreeMap::new();
        self.collect_properties("", &mut values)?;
        Ok(values)
    }

    fn collect_properties(
        &self,
        prefix: &str,
        values: &mut BTreeMap<String, Value>,
    ) -> Result<(), SettingsError> {
        for (key, value) in self.entries() {
            let property = format!("{prefix}{}", key.get_ref());
            let text = match value.get_ref() {
                DeValue::Table(_) => {
                    let inner = self.inner(key.get_ref(), value)?;
                    inner.collect_properties(&format!("{property}."), values)?;
                    continue;
                }
                _ if property.ends_with("_command") => {
                    self.place_command(key, value, &property, values)?;
                    continue;
                }
                DeValue::String(text) => text.to_string(),
                DeValue::Boolean(truth) => truth.to_string(),
                DeValue::Integer(number) => number.to_string(),
                DeValue::Float(number) => number.to_string(),
                _ => return Err(self.type_error(key.get_ref(), value, "a string or a number")),
            };
            if let Some((reason, remedy)) = refused(&property) {
                return Err(self.wrong_key(key, reason, remedy));
            }
            // librdkafka takes the word "probe" for the system's certificates.
            let is_path = property.ends_with(".location") && text != "probe";
            let text = if is_path { self.path(&text) } else { text };
            self.place_value(&property, text, values);
        }
        Ok(())
    }

    /// Keeps `text` under `key`, or as the place of the value where the key says so.
    fn place_value(&self, key: &str, text: String, values: &mut BTreeMap<String, Value>) {
        let (key, value) = if let Some(key) = key.strip_suffix("_env") {
            (key, Value::Variable(text))
        } else if let Some(key) = key.strip_suffix("_file") {
            (key, Value::File(self.path(&text).into()))
        } else {
            (key, Value::Text(Secret::new(text)))
        };
        values.insert(key.to_owned(), value);
    }

    /// Keeps the program and arguments `value` as the place of `name` without its `_command`.
    fn place_command(
        &self,
        key: &Key,
        value: &Spanned<DeValue>,
        name: &str,
        values: &mut BTreeMap<String, Value>,
    ) -> Result<(), SettingsError> {
        if !self.is_own() {
            let reason = format!("`{}` cannot be set in the file of a folder", key.get_ref());
            // A file that comes with a folder must not start programs.
            let remedy = "write it into your own file, ~/.config/kafkaefd/kafkaefd.toml";
            return Err(self.wrong_key(key, reason, remedy));
        }
        let wanted = || self.type_error(key.get_ref(), value, "an array: a program, its arguments");
        let words = value.get_ref().as_array().ok_or_else(wanted)?;
        let words = words.iter().map(|word| word.get_ref().as_str().map(str::to_owned));
        let words: Vec<String> = words.collect::<Option<_>>().ok_or_else(wanted)?;
        let name = name.trim_end_matches("_command").to_owned();
        values.insert(name, Value::Command(words));
        Ok(())
    }
}

/// Why a property of librdkafka does not belong in the file, and what to do.
fn refused(property: &str) -> Option<(String, &'static str)> {
    let remedy = match property {
        "bootstrap.servers" | "metadata.broker.list" => "write `broker` in the profile",
        // A file that comes with a folder must not load code into the process.
        "plugin.library.paths" => "kafkaefd loads no plugins; leave it out",
        _ => return None,
    };
    Some((format!("`{property}` cannot be set here"), remedy))
}
