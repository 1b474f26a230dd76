//! Components.

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;
use crate::modules::sal::types::{self, Interfaces, TopicsOptions};

/// Components.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod sal {
    /// A component of the interfaces, with its topics, which a `for` loop goes through.
    pub type Subsystem = types::Subsystem;

    /// The component called `name`.
    ///
    /// Returns a `Subsystem`, of which a `for` loop goes through the topics. An error of kind
    /// `not_found` names the nearest component there is.
    ///
    /// ```rhai
    /// let weather = sal::subsystem(sal::demo_interfaces(), "Weather");
    /// weather.topics.map(|topic| topic.name)[2] // => "Weather_wind"
    /// ```
    #[rhai_fn(global, pure, return_raw)]
    pub fn subsystem(interfaces: &mut Interfaces, name: &str) -> RhaiResultOf<Subsystem> {
        interfaces.subsystem(name)
    }

    /// The components, each with its topics: an array of `Subsystem`, by name.
    ///
    /// ```rhai
    /// let fields = 0;
    /// for subsystem in sal::demo_interfaces().subsystems {
    ///     for topic in subsystem.topics {
    ///         fields += topic.items.len();
    ///     }
    /// }
    /// fields // => 36
    /// ```
    #[rhai_fn(get = "subsystems", pure)]
    pub fn subsystems(interfaces: &mut Interfaces) -> Array {
        interfaces.subsystems()
    }

    /// The component's name.
    ///
    /// ```rhai
    /// sal::demo_interfaces().subsystems[0].name // => "DomeShutter"
    /// ```
    #[rhai_fn(get = "name", pure)]
    pub fn name(subsystem: &mut Subsystem) -> ImmutableString {
        subsystem.listed.name.as_str().into()
    }

    /// What the component is, on one line; empty where the interfaces do not say.
    ///
    /// ```rhai
    /// sal::demo_interfaces().subsystem("Weather").description.is_empty() // => false
    /// ```
    #[rhai_fn(get = "description", pure)]
    pub fn description(subsystem: &mut Subsystem) -> ImmutableString {
        types::one_line(&subsystem.listed.description).into()
    }

    /// Whether several components of this name run at once, told apart by an index.
    ///
    /// ```rhai
    /// sal::demo_interfaces().subsystem("Sensors").indexed // => true
    /// ```
    #[rhai_fn(get = "indexed", pure)]
    pub fn indexed(subsystem: &mut Subsystem) -> bool {
        subsystem.listed.indexed
    }

    /// The names of the component's indices, where they have any: a map from name to index.
    ///
    /// ```rhai
    /// sal::demo_interfaces().subsystem("Weather").indices // => #{}
    /// ```
    #[rhai_fn(get = "indices", pure)]
    pub fn indices(subsystem: &mut Subsystem) -> Map {
        subsystem.indices()
    }

    /// The component's topics, in the layout of the time that the interfaces are from.
    ///
    /// ```rhai
    /// sal::demo_interfaces().subsystem("Sensors").topics.len() // => 2
    /// ```
    #[rhai_fn(get = "topics", pure, return_raw)]
    pub fn all_topics(subsystem: &mut Subsystem) -> RhaiResultOf<Array> {
        subsystem.topics(TopicsOptions::default())
    }

    /// The component's topics, laid out as Avro records.
    ///
    /// `given` is a map with `layout`, `generics` and `prefix` as in `topics` of `Interfaces`.
    ///
    /// Returns an array of `Topic`. An error of kind `invalid` names a topic that cannot be laid
    /// out.
    ///
    /// ```rhai
    /// let sensors = sal::demo_interfaces().subsystem("Sensors");
    /// sensors.topics(#{ layout: "ts_xml" }).len() // => 3
    /// ```
    #[rhai_fn(global, pure, return_raw)]
    pub fn topics(subsystem: &mut Subsystem, given: Map) -> RhaiResultOf<Array> {
        subsystem.topics(options("topics", given)?)
    }

    /// The component in words.
    ///
    /// ```rhai
    /// sal::demo_interfaces().subsystem("Weather").to_string() // => "Subsystem(Weather)"
    /// ```
    #[rhai_fn(global, name = "to_string", name = "to_debug", pure)]
    pub fn to_string(subsystem: &mut Subsystem) -> String {
        subsystem.to_string()
    }
}
