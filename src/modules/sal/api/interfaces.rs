//! Interfaces.

use std::path::Path;

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;
use crate::modules::sal::types::{self, ReadOptions, TopicsOptions};

/// Interfaces, Avro schemas and text messages of the observatory's components.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod sal {
    /// The interfaces of components, as XML files define them. A `for` loop goes through the
    /// components.
    pub type Interfaces = types::Interfaces;

    /// Reads the SAL interfaces (XML) in a folder or an archive.
    ///
    /// `path` is the folder `sal_interfaces`, or a folder that holds it somewhere, as the
    /// repository of 2019 or of today does, or an archive (`.tar.gz`, `.zip`) of such a folder,
    /// which is read in memory. Nothing outside is opened, whatever links say.
    ///
    /// Returns the `Interfaces`, of which a `for` loop goes through the components (`Subsystem`). A
    /// file that is wrong does not stop the others: `faults` has its mistakes. An error of kind
    /// `not_found` says that there are none; one of kind `invalid` that the archive is broken or
    /// too large, or names the lines of `SALSubsystems.xml` that are wrong.
    ///
    /// ```rhai
    /// let found = "";
    /// try { sal::interfaces("nowhere"); } catch (error) { found = error.kind; }
    /// found // => "not_found"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn interfaces(path: &str) -> RhaiResultOf<Interfaces> {
        Ok(Interfaces::read(Path::new(path), &[])?)
    }

    /// Reads the SAL interfaces (XML) of some components in a folder or an archive.
    ///
    /// `path` is one as in `sal::interfaces(path)`; `given` is a map with `subsystem`, the name of
    /// a component or an array of names (all).
    ///
    /// Returns the `Interfaces`. An error of kind `not_found` names the component that is missing
    /// and the nearest there is; others are those of `sal::interfaces(path)`.
    ///
    /// ```rhai
    /// let found = "";
    /// try { sal::interfaces("nowhere", #{ subsystem: "Dome" }); } catch (error) { found = error.message; }
    /// found // => "cannot read nowhere: No such file or directory (os error 2)"
    /// ```
    #[rhai_fn(name = "interfaces", volatile, return_raw)]
    pub fn interfaces_of(path: &str, given: Map) -> RhaiResultOf<Interfaces> {
        let given: ReadOptions = options("sal::interfaces", given)?;
        Ok(Interfaces::read(Path::new(path), &given.subsystem.0)?)
    }

    /// Reads the SAL interfaces (XML) of a repository on GitHub.
    ///
    /// `given` is a map with `repo`, as `"lsst-ts/ts_xml"` (that one); `ref`, its branch, tag or
    /// commit ("develop"); `subsystem`, the name of a component or an array of names (all);
    /// `token`, a personal access token (`$GITHUB_TOKEN`); `user`, its owner (`$GITHUB_USER`; not
    /// needed); and `timeout`, how long to wait for each answer in seconds (120).
    ///
    /// The repository comes as one archive, which is kept by its commit in the user's cache folder:
    /// a commit is fetched once; the eight of a repository that were used last are kept. Where
    /// GitHub cannot be asked, what `ref` last stood for is read, and a warning says so.
    /// `$GITHUB_API_URL` names another server with GitHub's API.
    ///
    /// Returns the `Interfaces`. An error of kind `not_found` says that there is no such repository
    /// or ref; `denied` that the token is not accepted; `limit` when the limit of requests ends;
    /// `unreachable` or `timeout` that nobody answers; others are those of `sal::interfaces(path)`.
    ///
    /// ```rhai
    /// let found = "";
    /// try { sal::interfaces(#{ repo: "ts_xml", ref: "v28.0.1" }); } catch (error) { found = error.message; }
    /// found // => "cannot use the repository `ts_xml`: it is not of the form OWNER/NAME"
    /// ```
    #[rhai_fn(name = "interfaces", volatile, return_raw)]
    pub fn interfaces_on_github(
        context: NativeCallContext,
        given: Map,
    ) -> RhaiResultOf<Interfaces> {
        types::from_github(&call::context(&context)?, given)
    }

    /// The small set of interfaces that comes with kafkaefd: a weather station, a dome shutter and
    /// racks of thermocouples.
    ///
    /// Returns the `Interfaces`. A `for` loop over them goes through the components, one over a
    /// component through its topics.
    ///
    /// ```rhai
    /// let names = [];
    /// for subsystem in sal::demo_interfaces() {
    ///     for topic in subsystem {
    ///         if topic.kind == "command" { names.push(topic.name); }
    ///     }
    /// }
    /// names // => ["DomeShutter_command_open", "DomeShutter_command_close"]
    /// ```
    #[rhai_fn(return_raw)]
    pub fn demo_interfaces() -> RhaiResultOf<Interfaces> {
        Ok(Interfaces::demo()?)
    }

    /// The folder that the interfaces were read from; in an archive, the archive and the folder.
    ///
    /// ```rhai
    /// sal::demo_interfaces().folder // => "the bundled demo interfaces"
    /// ```
    #[rhai_fn(get = "folder", pure)]
    pub fn folder(interfaces: &mut Interfaces) -> ImmutableString {
        interfaces.folder()
    }

    /// The layout of the time that the interfaces are from: `"kafkaefd"` where topics have a
    /// version, as they had until 2019, else `"ts_xml"`.
    ///
    /// ```rhai
    /// sal::demo_interfaces().layout // => "kafkaefd"
    /// ```
    #[rhai_fn(get = "layout", pure)]
    pub fn layout(interfaces: &mut Interfaces) -> ImmutableString {
        interfaces.layout()
    }

    /// The files that are wrong, whose topics are missing: an array of maps with `file`, `line` and
    /// `message`, mostly empty.
    ///
    /// ```rhai
    /// sal::demo_interfaces().faults // => []
    /// ```
    #[rhai_fn(get = "faults", pure)]
    pub fn faults(interfaces: &mut Interfaces) -> Array {
        interfaces.faults()
    }

    /// What one may wonder about, such as files that were left out: an array of lines, mostly
    /// empty.
    ///
    /// ```rhai
    /// sal::demo_interfaces().notes // => []
    /// ```
    #[rhai_fn(get = "notes", pure)]
    pub fn notes(interfaces: &mut Interfaces) -> Array {
        interfaces.notes()
    }

    /// The components: an array of maps with `name`, `topics` (how many), `indexed`, `generics`
    /// (how many) and `description`.
    ///
    /// ```rhai
    /// let names = sal::demo_interfaces().components.map(|component| component.name);
    /// names // => ["DomeShutter", "Sensors", "Weather"]
    /// ```
    #[rhai_fn(get = "components", pure)]
    pub fn components(interfaces: &mut Interfaces) -> Array {
        interfaces.components()
    }

    /// All topics, in the layout of the time that the interfaces are from.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topics.len() // => 9
    /// ```
    #[rhai_fn(get = "topics", pure, return_raw)]
    pub fn all_topics(interfaces: &mut Interfaces) -> RhaiResultOf<Array> {
        types::topics(interfaces, &TopicsOptions::default())
    }

    /// The topics that the interfaces define, laid out as Avro records.
    ///
    /// `given` is a map with `subsystem`, the name of a component or an array of names (all);
    /// `layout`, `"kafkaefd"` or `"ts_xml"` (that of the time the interfaces are from); `generics`,
    /// whether the layout `kafkaefd` has generic topics too (false; `ts_xml` always has); and
    /// `prefix`, what the names of Kafka topics start with ("lsst.sal").
    ///
    /// Returns an array of `Topic`. An error of kind `not_found` names a component that the
    /// interfaces lack, one of kind `invalid` a topic that cannot be laid out.
    ///
    /// ```rhai
    /// let topics = sal::demo_interfaces().topics(#{ subsystem: "Weather", layout: "ts_xml" });
    /// topics[0].kafka_topic // => "lsst.sal.Weather.logevent_skyCondition"
    /// ```
    #[rhai_fn(global, pure, return_raw)]
    pub fn topics(interfaces: &mut Interfaces, given: Map) -> RhaiResultOf<Array> {
        types::topics(interfaces, &options("topics", given)?)
    }

    /// The topic called `name`, in the layout of the time that the interfaces are from.
    ///
    /// `name` is a SAL topic with its component, for example `Weather_wind`.
    ///
    /// Returns a `Topic`. An error of kind `not_found` names the nearest topic there is.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").kafka_topic // => "lsst.sal.Weather_wind"
    /// ```
    #[rhai_fn(global, pure, return_raw)]
    pub fn topic(interfaces: &mut Interfaces, name: &str) -> RhaiResultOf<types::Topic> {
        types::topic(interfaces, name, TopicsOptions::default())
    }

    /// The topic called `name`.
    ///
    /// `name` is a SAL topic with its component; `given` is a map with the options of `topics`.
    ///
    /// Returns a `Topic`. An error of kind `not_found` names the nearest topic there is.
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind", #{ layout: "ts_xml" });
    /// wind.subject // => "lsst.sal.Weather.wind-value"
    /// ```
    #[rhai_fn(global, name = "topic", pure, return_raw)]
    pub fn topic_with(
        interfaces: &mut Interfaces,
        name: &str,
        given: Map,
    ) -> RhaiResultOf<types::Topic> {
        types::topic(interfaces, name, options("topic", given)?)
    }

    /// The interfaces in words.
    ///
    /// ```rhai
    /// sal::demo_interfaces().to_string() // => "Interfaces(3 components, 9 topics)"
    /// ```
    #[rhai_fn(global, name = "to_string", name = "to_debug", pure)]
    pub fn to_string(interfaces: &mut Interfaces) -> String {
        interfaces.to_string()
    }
}
