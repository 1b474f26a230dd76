//! One documented function, as people read it.

/// How a function is written in a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `kafka::producer(…)`, or `sleep(…)` without a module.
    Function,
    /// `producer.send(…)`.
    Method,
    /// `record.topic`.
    Property,
    /// `record.topic = …`.
    Setter,
    /// `value["key"]`.
    Index,
    /// An operator, such as `==`.
    Operator,
}

/// A module of the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// The name scripts write: `kafka`; empty for functions without a module.
    pub name: String,
    /// The first sentence of its text.
    pub summary: String,
    /// Its whole text.
    pub docs: String,
}

/// One form of a function; overloads are functions of the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The module it is in; empty for none.
    pub module: String,
    /// The name scripts write: `producer`, `send`, `topic`.
    pub name: String,
    /// How scripts write it.
    pub form: Form,
    /// The type whose method or property it is.
    pub receiver: Option<String>,
    /// Names and types of its parameters, without the receiver.
    pub parameters: Vec<(String, String)>,
    /// The type it returns; none for nothing.
    pub returns: Option<String>,
    /// The whole line: `kafka::producer(options: map) -> Producer`.
    pub signature: String,
    /// The first sentence of its text.
    pub summary: String,
    /// Its text without the examples.
    pub docs: String,
    /// The first example.
    pub example: Option<String>,
    /// All examples.
    pub examples: Vec<Example>,
}

impl Function {
    /// The name with its module: `kafka::producer`, or the name alone for a method.
    pub fn path(&self) -> String {
        match self.form {
            Form::Function if !self.module.is_empty() => format!("{}::{}", self.module, self.name),
            _ => self.name.clone(),
        }
    }
}

/// A fenced block of a doc comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The script, with a `// => VALUE` on its last line if the value is given.
    pub code: String,
    /// The debug form of the last expression's value, where the example gives it.
    pub value: Option<String>,
    /// A server that the embedded stack does not have (`connect`), where the example needs one.
    pub needs: Option<String>,
}
