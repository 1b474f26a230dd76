//! Expressions over records.

use rhai::ImmutableString;
use rhai::plugin::*;

use crate::modules::error::RhaiResultOf;
use crate::modules::expression;
use crate::modules::kafka::types::Record;

/// Expressions over records.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// An expression over `record` that says which records to keep.
    pub type Filter = expression::Filter;

    /// Compiles an expression that says which records to keep.
    ///
    /// `expression` is text in the language of scripts, over the `Record` called `record`. It is
    /// true or false.
    ///
    /// Returns a `Filter` for the option `where` of `show` and `copy`. An error points into the
    /// expression where it makes no sense.
    ///
    /// ```rhai
    /// kafka::create_topic("kept");
    /// let producer = kafka::producer();
    /// for i in 0..10 { producer.send("kept", #{ key: "M1", value: `${i}` }); }
    /// producer.flush();
    /// let filter = kafka::filter("record.key == \"M1\" && record.offset % 5 == 0");
    /// let records = kafka::consumer("kept", #{ to: "end" }).read_all();
    /// records.filter(|record| filter.keeps(record)).map(|record| record.offset) // => [0, 5]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn filter(context: NativeCallContext, expression: &str) -> RhaiResultOf<Filter> {
        Filter::compile(&context, expression)
    }

    /// Whether the expression is true for `record`.
    ///
    /// An error points into the expression where it fails for this record.
    ///
    /// ```rhai
    /// kafka::create_topic("tested");
    /// kafka::producer().deliver("tested", "hot");
    /// let record = kafka::consumer("tested").read();
    /// kafka::filter("record.value.len > 3").keeps(record) // => false
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn keeps(
        context: NativeCallContext,
        filter: &mut Filter,
        record: Record,
    ) -> RhaiResultOf<bool> {
        filter.keeps(context.engine(), &record)
    }

    /// The expression.
    ///
    /// ```rhai
    /// kafka::filter("record.key == ()").to_string() // => "record.key == ()"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to_string(filter: &mut Filter) -> ImmutableString {
        filter.text().into()
    }

    /// The expression.
    ///
    /// ```rhai
    /// kafka::filter("record.key == ()").to_debug() // => "record.key == ()"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to_debug(filter: &mut Filter) -> ImmutableString {
        filter.text().into()
    }
}
