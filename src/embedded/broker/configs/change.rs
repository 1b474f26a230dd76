//! Checking and making changes of settings.

use std::collections::BTreeMap;

use kafka_protocol::ResponseError;

use super::{Definition, LIVE, Resource};
use crate::embedded::broker::wire::ItemError;

/// Values by name.
pub type Values = BTreeMap<String, String>;

/// What to do with a setting (KIP-339).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Give it the value.
    Set,
    /// Go back to the default.
    Delete,
    /// Add words to its list.
    Append,
    /// Take words out of its list.
    Subtract,
}

impl Operation {
    /// The operation that `code` stands for.
    pub fn from_code(code: i8) -> Result<Operation, ItemError> {
        match code {
            0 => Ok(Operation::Set),
            1 => Ok(Operation::Delete),
            2 => Ok(Operation::Append),
            3 => Ok(Operation::Subtract),
            _ => {
                let message = format!("Unknown operation {code}");
                Err(ItemError::new(ResponseError::InvalidRequest, message))
            }
        }
    }
}

/// A change of one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The setting.
    pub name: String,
    /// What to do.
    pub operation: Operation,
    /// The new value, or the words.
    pub value: Option<String>,
}

/// Whether each setting is changed once and has a value where it needs one.
pub fn well_formed(changes: &[Change]) -> Result<(), ItemError> {
    for (place, change) in changes.iter().enumerate() {
        if changes.iter().take(place).any(|earlier| earlier.name == change.name) {
            let message = format!("Error due to duplicate config keys: {}", change.name);
            return Err(ItemError::new(ResponseError::InvalidRequest, message));
        }
        if change.operation != Operation::Delete && change.value.is_none() {
            let message = format!("Null value not supported for configs: {}", change.name);
            return Err(ItemError::new(ResponseError::InvalidRequest, message));
        }
    }
    Ok(())
}

/// `before` with `changes`, if each setting exists in `resource` and its value fits.
/// `current` tells the value a list has now.
pub fn checked(
    resource: Resource,
    before: Values,
    changes: &[Change],
    current: impl Fn(&str) -> String,
) -> Result<Values, ItemError> {
    let mut after = before;
    for change in changes {
        if change.operation == Operation::Delete {
            after.remove(&change.name);
            continue;
        }
        let row = definition(resource, &change.name)?;
        let value = change.value.as_deref().unwrap_or_default();
        match change.operation {
            Operation::Set if change.value.is_none() => {
                let message = format!("Null value not supported for configs: {}", change.name);
                return Err(ItemError::new(ResponseError::InvalidConfig, message));
            }
            Operation::Set | Operation::Delete => set(&mut after, row, value.to_owned())?,
            Operation::Append | Operation::Subtract if !row.kind.is_list() => {
                let message = format!("{} is not a list", change.name);
                return Err(ItemError::new(ResponseError::InvalidConfig, message));
            }
            Operation::Append => set(&mut after, row, append(&current(row.name), value))?,
            Operation::Subtract => set(&mut after, row, subtract(&current(row.name), value))?,
        }
    }
    Ok(after)
}

fn definition(resource: Resource, name: &str) -> Result<&'static Definition, ItemError> {
    let kind = resource.word();
    let Some(row) = resource.table().iter().find(|row| row.name == name) else {
        let message = format!("Unknown {kind} config name: {name}");
        return Err(ItemError::new(ResponseError::InvalidConfig, message));
    };
    if resource == Resource::Broker && row.link != LIVE {
        let message = format!("Cannot update these configs dynamically: {name}");
        return Err(ItemError::new(ResponseError::InvalidRequest, message));
    }
    Ok(row)
}

fn set(values: &mut Values, row: &Definition, value: String) -> Result<(), ItemError> {
    row.kind.check(&value).map_err(|why| {
        let message = format!("Invalid value {value} for configuration {}: {why}", row.name);
        ItemError::new(ResponseError::InvalidConfig, message)
    })?;
    values.insert(row.name.to_owned(), value);
    Ok(())
}

fn words(list: &str) -> Vec<&str> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty()).collect()
}

fn append(list: &str, more: &str) -> String {
    let mut all = words(list);
    for word in words(more) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all.join(",")
}

fn subtract(list: &str, less: &str) -> String {
    let less = words(less);
    let left: Vec<_> = words(list).into_iter().filter(|word| !less.contains(word)).collect();
    left.join(",")
}
