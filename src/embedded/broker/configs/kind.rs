//! The types of settings.

/// What values a setting may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// Any text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number of 32 bits, at least this.
    Int(i32),
    /// A whole number of 64 bits, at least this.
    Long(i64),
    /// A number between 0 and 1.
    Ratio,
    /// Words with commas between them.
    List,
    /// Some of these words with commas between them, or none.
    Words(&'static [&'static str]),
}

impl Kind {
    /// The number of the type in `DescribeConfigs` (KIP-569).
    pub fn code(self) -> i8 {
        match self {
            Kind::Boolean => 1,
            Kind::Text | Kind::Word(_) => 2,
            Kind::Int(_) => 3,
            Kind::Long(_) => 5,
            Kind::Ratio => 6,
            Kind::List | Kind::Words(_) => 7,
        }
    }

    /// Whether its values are lists, to which words can be added.
    pub fn is_list(self) -> bool {
        matches!(self, Kind::List | Kind::Words(_))
    }

    /// Why `value` cannot be the value of a setting of this type.
    pub fn check(self, value: &str) -> Result<(), String> {
        match self {
            Kind::Boolean if matches!(value, "true" | "false") => Ok(()),
            Kind::Boolean => Err("Expected value to be either true or false".to_owned()),
            Kind::Text | Kind::List => Ok(()),
            Kind::Word(words) => one_of(words, value),
            Kind::Words(_) if value.is_empty() => Ok(()),
            Kind::Words(words) => value.split(',').try_for_each(|word| one_of(words, word.trim())),
            Kind::Int(least) => number::<i32>(value, "INT", least),
            Kind::Long(least) => number::<i64>(value, "LONG", least),
            Kind::Ratio => match value.trim().parse::<f64>() {
                Ok(ratio) if (0.0..=1.0).contains(&ratio) => Ok(()),
                Ok(_) => Err("Value must be between 0 and 1".to_owned()),
                Err(_) => Err("Not a number of type DOUBLE".to_owned()),
            },
        }
    }
}

fn one_of(words: &[&str], value: &str) -> Result<(), String> {
    if words.contains(&value) {
        return Ok(());
    }
    Err(format!("String must be one of: {}", words.join(", ")))
}

fn number<T>(value: &str, kind: &str, least: T) -> Result<(), String>
where
    T: std::str::FromStr + PartialOrd + std::fmt::Display,
{
    match value.trim().parse::<T>() {
        Ok(number) if number >= least => Ok(()),
        Ok(_) => Err(format!("Value must be at least {least}")),
        Err(_) => Err(format!("Not a number of type {kind}")),
    }
}
