//! Made-up messages.

use rhai::plugin::*;
use rhai::{ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;
use crate::modules::sal::types::{self, MockOptions};

/// Made-up messages.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod sal {
    /// A source of made-up messages of one topic.
    pub type Mock = crate::modules::mock::Mock;

    /// Makes a source of made-up messages of one topic.
    ///
    /// The values are those of `load::generator`: numbers move as their units say. Two mocks with
    /// the same seed have the same: the texts of one are what the `values` of the other become.
    ///
    /// `schema` is a `Topic`, a `Schema`, or its JSON text, in the layout `kafkaefd` or `ts_xml`.
    ///
    /// Returns a `Mock` with the seed 1. An error of kind `invalid` says why the schema is none of
    /// SAL.
    ///
    /// ```rhai
    /// let mock = sal::mock(sal::demo_interfaces().topic("Weather_wind"));
    /// mock.text().starts_with("Weather_telemetry Weather_wind:( '") // => true
    /// ```
    ///
    /// ```rhai
    /// let air = sal::demo_interfaces().topic("Weather_airConditions");
    /// registry::register(air.subject, air.schema);
    /// for topic in [air.text_topic, air.kafka_topic] { kafka::create_topic(topic); }
    /// let mock = sal::mock(air);
    /// for i in 0..3 { kafka::producer().deliver(air.text_topic, mock.text()); }
    /// stream::from(air.text_topic, #{ group: "air", to: "end" }).via(sal::text_to_avro()).run();
    /// let twin = sal::mock(air);
    /// let read = kafka::consumer(air.kafka_topic, #{ max: 3 }).read_all();
    /// read.all(|record| record.value.temperature == twin.values().temperature) // => true
    /// ```
    #[rhai_fn(return_raw)]
    pub fn mock(context: NativeCallContext, schema: Dynamic) -> RhaiResultOf<Mock> {
        types::mock(&context, &schema, MockOptions::default())
    }

    /// Makes a source of made-up messages of one topic.
    ///
    /// `schema` is that of `sal::mock(schema)`. `given` is a map with `seed`, an int (1): equal
    /// seeds give equal values; `index`, which component of an indexed kind sends it (1 for those,
    /// else none); `time`, the scale of the timestamps, `"utc"` or `"tai"` (UTC in the layout
    /// `kafkaefd`, TAI in `ts_xml`); `fields`, a map from items to where their values come from, as
    /// for `load::generator`; and `any` (false): whether values are any that the items can hold, the
    /// ends of their ranges, infinities, awkward text, instead of such as a component sends.
    ///
    /// Returns a `Mock`. An error of kind `invalid` says why the schema is none of SAL, or names the
    /// field that cannot have such values.
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind");
    /// let one = sal::mock(wind, #{ seed: 7 });
    /// let two = sal::mock(wind, #{ seed: 7 });
    /// one.text(0) == two.text(0) // => true
    /// ```
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind");
    /// let fields = #{ direction: #{ uniform: [80, 100] }, gust: |made| 0.5 * made.number };
    /// let mock = sal::mock(wind, #{ fields: fields });
    /// mock.text();
    /// mock.values().gust // => 1.0
    /// ```
    #[rhai_fn(name = "mock", return_raw)]
    pub fn mock_with(
        context: NativeCallContext,
        schema: Dynamic,
        given: Map,
    ) -> RhaiResultOf<Mock> {
        types::mock(&context, &schema, options("sal::mock", given)?)
    }

    /// The next message as SAL text, sent now.
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind");
    /// let mock = sal::mock(wind);
    /// sal::to_avro(wind, mock.text()).len() > 40 // => true
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn text(mock: &mut Mock) -> RhaiResultOf<ImmutableString> {
        mock.next(&[], types::now())
    }

    /// The next message as SAL text, sent at `sent` (milliseconds since 1970).
    ///
    /// ```rhai
    /// let mock = sal::mock(sal::demo_interfaces().topic("Sensors_logevent_connection"));
    /// mock.text(1500).contains(" , 1.500000 , 1.500000 , 1 , 1 , 1 , 1 , ") // => true
    /// ```
    #[rhai_fn(global, name = "text", pure, volatile, return_raw)]
    pub fn text_at(mock: &mut Mock, sent: i64) -> RhaiResultOf<ImmutableString> {
        mock.next(&[], sent)
    }

    /// The next message as SAL text, sent now, with some of its values given.
    ///
    /// `values` is a map as that of `sal::text(schema, values)`; the other values are made up.
    ///
    /// Returns the text. An error of kind `invalid` names the field whose value does not fit.
    ///
    /// ```rhai
    /// let mock = sal::mock(sal::demo_interfaces().topic("DomeShutter_command_close"));
    /// mock.text(#{ reason: "dusk" }).contains(" , 'dusk' , ") // => true
    /// ```
    #[rhai_fn(global, name = "text", pure, volatile, return_raw)]
    pub fn text_with(mock: &mut Mock, values: Map) -> RhaiResultOf<ImmutableString> {
        mock.next(&types::plain(values), types::now())
    }

    /// The next made-up values, of now: a map by the names of the items.
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind");
    /// let values = sal::mock(wind).values();
    /// sal::text(wind, values).starts_with("Weather_telemetry Weather_wind:( '") // => true
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn values(mock: &mut Mock) -> RhaiResultOf<Map> {
        mock.values(types::now())
    }

    /// The SAL topic of the messages: `Weather_wind`.
    ///
    /// ```rhai
    /// sal::mock(sal::demo_interfaces().topic("Weather_wind")).topic // => "Weather_wind"
    /// ```
    #[rhai_fn(get = "topic", pure)]
    pub fn topic(mock: &mut Mock) -> ImmutableString {
        mock.topic()
    }

    /// The Kafka topic of the messages: `Weather_telemetry`.
    ///
    /// ```rhai
    /// sal::mock(sal::demo_interfaces().topic("Weather_wind")).text_topic // => "Weather_telemetry"
    /// ```
    #[rhai_fn(get = "text_topic", pure)]
    pub fn text_topic(mock: &mut Mock) -> ImmutableString {
        mock.text_topic()
    }

    /// The source in words.
    ///
    /// ```rhai
    /// sal::mock(sal::demo_interfaces().topic("Weather_wind")).to_string() // => "Mock(Weather_wind)"
    /// ```
    #[rhai_fn(global, name = "to_string", name = "to_debug", pure)]
    pub fn to_string(mock: &mut Mock) -> String {
        mock.to_string()
    }
}
