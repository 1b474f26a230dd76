//! Rows with chosen columns.

use rhai::{Array, Dynamic, ImmutableString, Map};

use crate::context::Context;
use crate::error::{Failure, Kind};

/// Rows (maps) with the columns that a table shows, and what it says when there are none.
#[derive(Debug, Clone)]
pub struct Table {
    /// Keys of the rows, in the order they are shown.
    pub columns: Vec<ImmutableString>,
    /// The rows. Keys that are no column appear in JSON and YAML only.
    pub rows: Vec<Map>,
    /// Printed in place of a table without rows.
    pub empty: ImmutableString,
}

impl Table {
    /// Rows are maps, or arrays with one value a column.
    pub fn new(rows: Array, columns: Array, empty: ImmutableString) -> Result<Table, Failure> {
        let columns = columns
            .into_iter()
            .map(|column| {
                column.into_immutable_string().map_err(|found| {
                    usage(format!("the columns must be strings, one of them is of type {found}"))
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let rows = rows
            .into_iter()
            .enumerate()
            .map(|(index, row)| {
                to_map(&columns, row).map_err(|why| usage(format!("row {index} {why}")))
            })
            .collect::<Result<_, _>>()?;
        Ok(Table { columns, rows, empty })
    }
}

/// `empty` with the profile whose servers were asked, so that nobody searches in the wrong cluster.
pub fn in_profile(context: &Context, empty: ImmutableString) -> ImmutableString {
    if context.is_located() {
        format!("{empty} in profile {}", context.settings().profile).into()
    } else {
        empty
    }
}

fn usage(why: String) -> Failure {
    Failure::new(Kind::Usage, format!("cannot make a table: {why}"))
        .with_remedy("rows are maps, or arrays with one value for each column")
}

fn to_map(columns: &[ImmutableString], row: Dynamic) -> Result<Map, String> {
    let row = row.flatten();
    if row.is_map() {
        return Ok(row.cast());
    }
    let type_name = row.type_name();
    let cells: Array = row.try_cast().ok_or_else(|| format!("is of type {type_name}"))?;
    if cells.len() != columns.len() {
        return Err(format!("has {} values for {} columns", cells.len(), columns.len()));
    }
    Ok(columns.iter().map(|column| column.as_str().into()).zip(cells).collect())
}
