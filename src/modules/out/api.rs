//! The page a script author reads.

use rhai::plugin::*;
use rhai::{Array, ImmutableString};

use super::render;
use super::types;
use super::width::terminal_width;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::settings::Output;

/// Data as tables, JSON and YAML.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod out {
    /// Rows with chosen columns.
    pub type Table = types::Table;

    /// Makes a table of `rows` with the columns `columns`, in this order.
    ///
    /// `rows` are maps, or arrays with one value a column. Keys that are no column are shown by
    /// `--output json` and `--output yaml` only. Return it from `main`, or `print` it.
    ///
    /// Returns a `Table`. An error of kind `usage` says which row has the wrong shape.
    ///
    /// ```rhai
    /// let rows = [#{ name: "dome", partitions: 3 }, #{ name: "mount", partitions: 12 }];
    /// out::table(rows, ["name", "partitions"]).to_string()
    /// // => "name   partitions\ndome            3\nmount          12"
    /// ```
    #[rhai_fn(return_raw)]
    pub fn table(rows: Array, columns: Array) -> RhaiResultOf<Table> {
        Ok(Table::new(rows, columns, ImmutableString::new())?)
    }

    /// Makes a table that says `empty` where it has no rows.
    ///
    /// `rows` and `columns` are those of `out::table(rows, columns)`; `empty` is one line, for
    /// example "no topics". Once the script has asked a server, the name of the profile follows:
    /// "no topics in profile local".
    ///
    /// Returns a `Table`. An error of kind `usage` says which row has the wrong shape.
    ///
    /// ```rhai
    /// out::table([], ["name"], "no topics").to_string() // => "no topics"
    /// ```
    #[rhai_fn(name = "table", volatile, return_raw)]
    pub fn table_or(
        context: NativeCallContext,
        rows: Array,
        columns: Array,
        empty: ImmutableString,
    ) -> RhaiResultOf<Table> {
        Ok(Table::new(rows, columns, types::in_profile(&call::context(&context)?, empty))?)
    }

    /// Writes `value` as indented JSON.
    ///
    /// `value` is any value: maps are objects, blobs are hexadecimal text, `()` is null.
    ///
    /// Returns the text.
    ///
    /// ```rhai
    /// out::json([1, 2.5, "x", ()]) // => "[\n  1,\n  2.5,\n  \"x\",\n  null\n]"
    /// ```
    pub fn json(context: NativeCallContext, value: Dynamic) -> String {
        match render::show(context.engine(), value, Output::Json, None) {
            text if text.is_empty() => "null".to_owned(),
            text => text,
        }
    }

    /// Writes `value` as YAML.
    ///
    /// `value` is any value: maps are mappings, blobs are hexadecimal text, `()` is null.
    ///
    /// Returns the text.
    ///
    /// ```rhai
    /// out::yaml(#{ topic: "dome", partitions: 3 }) // => "partitions: 3\ntopic: dome"
    /// ```
    pub fn yaml(context: NativeCallContext, value: Dynamic) -> String {
        match render::show(context.engine(), value, Output::Yaml, None) {
            text if text.is_empty() => "null".to_owned(),
            text => text,
        }
    }

    /// Prints `value` in the form that `--output` asks for: table, JSON or YAML.
    ///
    /// `value` is any value. As a table, an array of maps is one row each, a map is one line a key.
    /// `()` prints nothing.
    ///
    /// ```rhai
    /// out::show([#{ topic: "dome", lag: 0 }, #{ topic: "mount", lag: 12 }]);
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn show(context: NativeCallContext, value: Dynamic) -> RhaiResultOf<()> {
        if value.is_unit() {
            return Ok(());
        }
        let run = call::context(&context)?;
        let text = render::show(context.engine(), value, run.settings().output, terminal_width());
        // `print` of the engine: the host owns stdout and knows about a closed pipe.
        context.call_native_fn("print", (text,))
    }

    /// Prints `text`, or `value` where `--output` asks for JSON or YAML.
    ///
    /// `text` is what a person reads; `value` is any value with the same facts.
    ///
    /// ```rhai
    /// out::show(#{ topic: "dome", partitions: 3 }, "dome has 3 partitions");
    /// ```
    #[rhai_fn(name = "show", volatile, return_raw)]
    pub fn show_text(
        context: NativeCallContext,
        value: Dynamic,
        text: ImmutableString,
    ) -> RhaiResultOf<()> {
        let run = call::context(&context)?;
        let text = match run.settings().output {
            Output::Table => text.into(),
            form => render::show(context.engine(), value, form, None),
        };
        context.call_native_fn("print", (text,))
    }

    /// Prints one of many values as it arrives: `text`, or `value` where `--output` asks for JSON
    /// (one line a value) or YAML (one document a value).
    ///
    /// `text` is what a person reads; `value` is any value with the same facts, for example a
    /// record.
    ///
    /// ```rhai
    /// for i in 1..4 { out::line(#{ square: i * i }, `the square of ${i} is ${i * i}`); }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn line(
        context: NativeCallContext,
        value: Dynamic,
        text: ImmutableString,
    ) -> RhaiResultOf<()> {
        let run = call::context(&context)?;
        let text = match run.settings().output {
            Output::Table => text.into(),
            form => render::line(context.engine(), value, form),
        };
        context.call_native_fn("print", (text,))
    }

    /// The value in one line, as a table shows it: text as it is, `()` as nothing, maps and arrays
    /// as JSON.
    ///
    /// Returns the text; control characters are escaped.
    ///
    /// ```rhai
    /// out::text(#{ name: "dome" }) // => "{\"name\":\"dome\"}"
    /// ```
    pub fn text(context: NativeCallContext, value: Dynamic) -> String {
        render::cell(context.engine(), value)
    }

    /// The table in the form that `--output` asks for.
    ///
    /// Returns the text that `print(table)` prints.
    ///
    /// ```rhai
    /// out::table([["dome", 3]], ["name", "partitions"]).to_string()
    /// // => "name  partitions\ndome           3"
    /// ```
    #[rhai_fn(global, pure, return_raw)]
    pub fn to_string(context: NativeCallContext, table: &mut Table) -> RhaiResultOf<String> {
        let run = call::context(&context)?;
        let value = Dynamic::from(table.clone());
        Ok(render::show(context.engine(), value, run.settings().output, terminal_width()))
    }
}
