//! Text messages.

use rhai::plugin::*;
use rhai::{Blob, ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;
use crate::modules::sal::types::{self, AvroOptions, TextOptions};

/// Text messages.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod sal {
    /// Reads a SAL text message and writes it as Avro, without the wire header.
    ///
    /// `schema` is a `Topic`, a `Schema`, or its JSON text, in the layout `kafkaefd` or `ts_xml`;
    /// `text` is the message.
    ///
    /// Returns a blob. An error of kind `invalid` names topic, field, item and value.
    ///
    /// ```rhai
    /// let sky = sal::demo_interfaces().topic("Weather_logevent_skyCondition");
    /// let head = "Weather_logevent Weather_logevent_skyCondition:( 'a1' , 1.5 , 1.6 , 1 , 2 , 3 , ";
    /// sal::to_avro(sky, head + "'Thin' , 12.5 , 'Ann' , 0)").len() // => 30
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn to_avro(schema: Dynamic, text: &str) -> RhaiResultOf<Blob> {
        types::to_avro(&schema, text, AvroOptions::default())
    }

    /// Reads a SAL text message and writes it as Avro, without the wire header.
    ///
    /// `schema` and `text` are those of `sal::to_avro(schema, text)`. `given` is a map with `time`,
    /// the scale of the message's timestamps, `"utc"` or `"tai"` (UTC in the layout `kafkaefd`, TAI
    /// in `ts_xml`); `indexed`, whether messages carry an index (as the observatory's interfaces
    /// say); and `now`, the time of writing in milliseconds since 1970 (now).
    ///
    /// Returns a blob. An error of kind `invalid` names topic, field, item and value.
    ///
    /// ```rhai
    /// let close = sal::demo_interfaces().topic("DomeShutter_command_close");
    /// let text = "DomeShutter_command DomeShutter_command_close:( 'a1' , 37.5 , 38 , 1 , 2 , 3 , 'x' , 1)";
    /// sal::to_avro(close, text, #{ time: "tai", now: 0 }) // => [00046131e807d00f 020406027801]
    /// ```
    #[rhai_fn(name = "to_avro", volatile, return_raw)]
    pub fn to_avro_with(schema: Dynamic, text: &str, given: Map) -> RhaiResultOf<Blob> {
        types::to_avro(&schema, text, options("sal::to_avro", given)?)
    }

    /// Writes a SAL text message out of values, as a producer on the observatory's bus would.
    ///
    /// `schema` is a `Topic`, a `Schema`, or its JSON text. `values` is a map with values of the
    /// items, by name: arrays for arrays, the symbol or its number for enumerations, 0 to 255 for
    /// bytes, text for an array of characters or one that was sent as one text. An item without a
    /// value, or with `()`, gets zero, `false`, no text, or the first symbol; `sal::mock` makes
    /// values up. Numbers have six decimals as SAL writes them, or as many as it takes to lose
    /// nothing. `values` may be a whole decoded record: its revision code, times, sequence number,
    /// origin, host and index become those of the message.
    ///
    /// Returns the text. An error of kind `invalid` names a field that there is not, a value that
    /// does not fit, and text with a quote that would be taken for the closing one.
    ///
    /// ```rhai
    /// let close = sal::demo_interfaces().topic("DomeShutter_command_close");
    /// let text = sal::text(close, #{ reason: "dusk" });
    /// text.ends_with(" , 'dusk' , 0)") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn text(schema: Dynamic, values: Map) -> RhaiResultOf<ImmutableString> {
        types::text(&schema, values, TextOptions::default())
    }

    /// Writes a SAL text message out of values, as a producer on the observatory's bus would.
    ///
    /// `schema` and `values` are those of `sal::text(schema, values)`. `given` is a map with
    /// `revcode` ("kafkaefd"), `sent` and `received`, times in milliseconds since 1970 (now),
    /// `sequence` (1), `origin` (1), `host` (1), `index` (1 where the topic's component is indexed,
    /// else none) and `time`, the scale of the timestamps, `"utc"` or `"tai"` (UTC in the layout
    /// `kafkaefd`, TAI in `ts_xml`). They come before what `values` hold of that.
    ///
    /// Returns the text. An error of kind `invalid` names a field that there is not, a value that
    /// does not fit, and text with a quote that would be taken for the closing one.
    ///
    /// ```rhai
    /// let close = sal::demo_interfaces().topic("DomeShutter_command_close");
    /// sal::text(close, #{ reason: "dusk", force: true }, #{ sent: 1500, received: 1600 })
    /// // => "DomeShutter_command DomeShutter_command_close:( 'kafkaefd' , 1.500000 , 1.600000 , 1 , 1 , 1 , 'dusk' , 1)"
    /// ```
    #[rhai_fn(name = "text", volatile, return_raw)]
    pub fn text_with(schema: Dynamic, values: Map, given: Map) -> RhaiResultOf<ImmutableString> {
        types::text(&schema, values, options("sal::text", given)?)
    }
}
