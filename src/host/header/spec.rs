//! One argument of a script, as `const ARGS` declares it.

/// The type of an argument's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ArgType {
    /// Text.
    #[default]
    String,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// `true` or `false`.
    Bool,
}

impl ArgType {
    /// Every type by the word that names it in `ARGS`.
    pub const WORDS: [(&'static str, ArgType); 4] = [
        ("string", ArgType::String),
        ("int", ArgType::Int),
        ("float", ArgType::Float),
        ("bool", ArgType::Bool),
    ];
}

/// An argument: an option, a flag or a positional.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are the keys scripts write")]
pub struct ArgSpec {
    /// The key in `ARGS` and in the map `main` gets.
    pub name: String,
    /// Its line in `--help`.
    pub help: String,
    /// The one-letter form.
    pub short: Option<char>,
    /// The values where none is given, in text form; several for `many`.
    pub default: Vec<String>,
    /// The environment variable that gives a default.
    pub env: Option<String>,
    /// A switch without a value.
    pub flag: bool,
    /// May be given more than once; `main` gets an array.
    pub many: bool,
    /// The only values it takes.
    pub choices: Vec<String>,
    /// Given by place, not by name.
    pub positional: bool,
    /// Must be given.
    pub required: bool,
    /// What its text is read as.
    pub kind: ArgType,
    /// How `--help` calls the value.
    pub value: Option<String>,
    /// How `--help` calls each of the values that it takes at once (`["KEY", "VALUE"]`); `main` gets
    /// an array of them. A pair is also read from `KEY=VALUE`.
    pub values: Vec<String>,
    /// Arrives as a secret, which never prints.
    pub secret: bool,
    /// Its value may start with a dash, as `-10m`.
    pub dash: bool,
}

impl ArgSpec {
    /// The long option: `max_topics` is `max-topics`.
    pub fn long(&self) -> String {
        self.name.replace('_', "-")
    }
}
