//! Values that cross between the command line and a script.

use rhai::Dynamic;

use crate::settings::Secret;

/// The value of one argument, as the command line read it.
#[derive(Debug, Clone, PartialEq)]
pub enum ArgValue {
    /// Not given and without a default.
    Absent,
    /// A flag, or a value of type `bool`.
    Bool(bool),
    /// A value of type `int`.
    Int(i64),
    /// A value of type `float`.
    Float(f64),
    /// A value of type `string`.
    Text(String),
    /// A value that must not print.
    Secret(Secret),
    /// The values of an argument that may be given more than once.
    Many(Vec<ArgValue>),
}

impl From<&ArgValue> for serde_json::Value {
    /// For those who read it: a secret is `***`.
    fn from(value: &ArgValue) -> serde_json::Value {
        match value {
            ArgValue::Absent => serde_json::Value::Null,
            ArgValue::Bool(value) => (*value).into(),
            ArgValue::Int(value) => (*value).into(),
            ArgValue::Float(value) => (*value).into(),
            ArgValue::Text(value) => value.as_str().into(),
            ArgValue::Secret(value) => value.to_string().into(),
            ArgValue::Many(values) => values.iter().map(serde_json::Value::from).collect(),
        }
    }
}

impl From<ArgValue> for Dynamic {
    fn from(value: ArgValue) -> Dynamic {
        match value {
            ArgValue::Absent => Dynamic::UNIT,
            ArgValue::Bool(value) => value.into(),
            ArgValue::Int(value) => value.into(),
            ArgValue::Float(value) => value.into(),
            ArgValue::Text(value) => value.into(),
            ArgValue::Secret(value) => Dynamic::from(value),
            ArgValue::Many(values) => {
                Dynamic::from_array(values.into_iter().map(Into::into).collect())
            }
        }
    }
}
