//! Enumerations: of an item, of a set of topics, of a component's indices.

/// Names with, where the file gives them, values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enumeration {
    /// In the order of the file.
    pub symbols: Vec<Symbol>,
}

/// One name of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// The name, without blanks.
    pub name: String,
    /// The value after `=`, if the file gives one.
    pub value: Option<i64>,
}

impl Enumeration {
    /// Reads `a, b=2, c=0x05`; empty entries are left out. The error is the entry that is wrong.
    pub fn parse(text: &str) -> Result<Enumeration, String> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let symbols = entries.map(symbol).collect::<Result<Vec<_>, _>>()?;
        Ok(Enumeration { symbols })
    }

    /// Whether the file gives any value.
    pub fn has_values(&self) -> bool {
        self.symbols.iter().any(|symbol| symbol.value.is_some())
    }

    /// One value a symbol: as given, else one more than the one before, from 0.
    pub fn values(&self) -> Vec<i64> {
        let mut next = 0_i64;
        let mut values = Vec::with_capacity(self.symbols.len());
        for symbol in &self.symbols {
            let value = symbol.value.unwrap_or(next);
            next = value.saturating_add(1);
            values.push(value);
        }
        values
    }
}

fn symbol(entry: &str) -> Result<Symbol, String> {
    let Some((name, value)) = entry.split_once('=') else {
        return Ok(Symbol { name: entry.to_owned(), value: None });
    };
    let value = value.trim();
    let parsed = match value.strip_prefix("0x").or_else(|| value.strip_prefix("0X")) {
        Some(hex) => i64::from_str_radix(hex, 16),
        None => value.parse(),
    };
    let value = parsed.map_err(|_| entry.to_owned())?;
    Ok(Symbol { name: name.trim().to_owned(), value: Some(value) })
}
