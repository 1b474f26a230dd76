//! Consumer groups.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::Admin;
use crate::error::{Failure, Kind};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{
    self, DeleteOptions, ForgetOptions, GroupsOptions, LagOptions, ResetOptions, TimeoutOptions,
};
use crate::modules::options::options;

/// Consumer groups.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Lists the consumer groups by name.
    ///
    /// Returns an array of maps with `group`, `state` (`Stable`, `Empty`, `PreparingRebalance`,
    /// `CompletingRebalance` or `Dead`) and `type` (`classic`, or `consumer` for those of KIP-848);
    /// the last two are `()` where the broker does not tell. An error of kind `unreachable` says why
    /// no broker answers within 10 s.
    ///
    /// ```rhai
    /// kafka::create_topic("grouped");
    /// kafka::reset_group("grouped-readers", #{ to: "latest", topics: "grouped", create: true });
    /// kafka::groups()[0] // => #{"group": "grouped-readers", "state": "Empty", "type": "classic"}
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn groups(context: NativeCallContext) -> RhaiResultOf<Array> {
        groups_with(context, Map::new())
    }

    /// Lists the consumer groups that `given` asks for, by name.
    ///
    /// `given` is a map with `filter`, a regular expression that matches from the start of the name,
    /// and `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns an array of the maps of `kafka::groups()`. An error of kind `usage` says that the
    /// filter is no regular expression.
    ///
    /// ```rhai
    /// kafka::groups(#{ filter: "connect-" }) // => []
    /// ```
    #[rhai_fn(name = "groups", volatile, return_raw)]
    pub fn groups_with(context: NativeCallContext, given: Map) -> RhaiResultOf<Array> {
        let given: GroupsOptions = options("kafka::groups", given)?;
        let run = call::context(&context)?;
        let groups = given.select(Admin::of(&run)?.groups(&run, given.timeout())?)?;
        Ok(groups.into_iter().map(|group| types::listed_group_map(group).into()).collect())
    }

    /// Describes the consumer group `name`: what it does, where it is kept, who its members are.
    ///
    /// Returns a map with `group`, `state` and `type` as in `kafka::groups()`; `assignor`, how the
    /// members share partitions (`range`, …; `()` while they share none); `coordinator` and
    /// `address`, the id and the address of the broker that keeps the group; and `members`, an array
    /// of maps with `member` (the id that the broker gave it), `client` (the client id), `host`,
    /// `instance` (the id of a static member, else `()`) and `partitions` (an array of maps with
    /// `topic` and `partition`). An error of kind `not_found` says that there is no such group.
    ///
    /// ```rhai
    /// kafka::create_topic("shared");
    /// kafka::reset_group("sharers", #{ to: "latest", topics: "shared", create: true });
    /// kafka::describe_group("sharers").members // => []
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn describe_group(context: NativeCallContext, name: &str) -> RhaiResultOf<Map> {
        describe_group_with(context, name, Map::new())
    }

    /// Describes the consumer group `name`.
    ///
    /// `given` is a map with `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns the map of `kafka::describe_group(name)`, with the same errors.
    ///
    /// ```rhai
    /// kafka::create_topic("divided");
    /// kafka::reset_group("dividers", #{ to: "latest", topics: "divided", create: true });
    /// kafka::describe_group("dividers", #{ timeout: 5 }).state // => "Empty"
    /// ```
    #[rhai_fn(name = "describe_group", volatile, return_raw)]
    pub fn describe_group_with(
        context: NativeCallContext,
        name: &str,
        given: Map,
    ) -> RhaiResultOf<Map> {
        let given: TimeoutOptions = options("kafka::describe_group", given)?;
        let run = call::context(&context)?;
        Ok(types::group_map(Admin::of(&run)?.group(&run, name, given.timeout())?))
    }

    /// Tells how far consumer groups are behind in each partition, in records and in seconds.
    ///
    /// `names` is the name of a group or an array of names.
    ///
    /// Returns an array of maps, by group, topic and partition, of what the groups committed:
    /// `group`, `topic`, `partition`; `committed`, the offset that the group reads next; `end`, the
    /// offset that the next record gets; `lag`, how many offsets lie between; and `behind`, how many
    /// seconds ago the oldest record that the group has not read was written (its timestamp): 0.0
    /// where all are read, `()` where that record could not be read in time. `end` and `lag` are
    /// `()` where the partition is gone. An error of kind `not_found` says that there is no such
    /// group.
    ///
    /// ```rhai
    /// kafka::create_topic("followed-up");
    /// kafka::producer().deliver("followed-up", "unread");
    /// kafka::reset_group("late", #{ to: "earliest", topics: "followed-up", create: true });
    /// kafka::group_lag("late").map(|row| [row.committed, row.end, row.lag]) // => [[0, 1, 1]]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn group_lag(context: NativeCallContext, names: Dynamic) -> RhaiResultOf<Array> {
        group_lag_with(context, names, Map::new())
    }

    /// Tells how far consumer groups are behind in each partition.
    ///
    /// `names` is the name of a group or an array of names: all are asked at once. `given` is a map
    /// with `behind`, whether to look for the seconds, too, for which one record of each partition
    /// with a lag is read (true); and `timeout`, the seconds that all may take (10).
    ///
    /// Returns the array of `kafka::group_lag(names)`, with the same errors.
    ///
    /// ```rhai
    /// kafka::create_topic("skimmed");
    /// kafka::reset_group("skimmers", #{ to: "latest", topics: "skimmed", create: true });
    /// kafka::group_lag(["skimmers"], #{ behind: false })[0].behind // => ()
    /// ```
    #[rhai_fn(name = "group_lag", volatile, return_raw)]
    pub fn group_lag_with(
        context: NativeCallContext,
        names: Dynamic,
        given: Map,
    ) -> RhaiResultOf<Array> {
        let given: LagOptions = options("kafka::group_lag", given)?;
        let names = types::group_names(names)?;
        let run = call::context(&context)?;
        let rows = Admin::of(&run)?.group_lag(&run, &names, given.how())?;
        Ok(rows.into_iter().map(|row| types::lag_map(row).into()).collect())
    }

    /// Sets where the consumer group `name` goes on reading; it must have no active members.
    ///
    /// `given` is a map with
    /// - `to`: "earliest", "latest", an offset, `#{ time: MILLISECONDS }` for the first record that
    ///   is not older, `#{ ago: SECONDS }` for a time so long ago, or `#{ shift: N }` for n records
    ///   on from where it is, back where n is negative. What lies outside of the log becomes its
    ///   first or its next offset;
    /// - `topics`: a name, an array of names, or a map of names with arrays of partitions (`()` for
    ///   all); by default all partitions for which the group has committed an offset;
    /// - `create`: whether a group that does not exist is made, which needs `topics` (false);
    /// - `dry_run`: whether to tell only what would be done (false);
    /// - `timeout`: the seconds to wait for an answer (10).
    ///
    /// Returns an array of maps with `topic`, `partition`, `before` (the offset, or `()` where the
    /// group had committed none) and `after`. Errors are of kind `not_found` (group or topic),
    /// `conflict` (the group has active members) and `usage`.
    ///
    /// ```rhai
    /// kafka::create_topic("replayed");
    /// kafka::producer().deliver("replayed", "one");
    /// kafka::reset_group("replayers", #{ to: "latest", topics: "replayed", create: true });
    /// kafka::reset_group("replayers", #{ to: #{ shift: -1 } })
    /// // => [#{"after": 0, "before": 1, "partition": 0, "topic": "replayed"}]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn reset_group(context: NativeCallContext, name: &str, given: Map) -> RhaiResultOf<Array> {
        let given: ResetOptions = options("kafka::reset_group", given)?;
        let reset = given.reset(name)?;
        let run = call::context(&context)?;
        let moves = Admin::of(&run)?.reset_group(&run, name, &reset, given.timeout())?;
        Ok(moves.into_iter().map(|change| types::move_map(change).into()).collect())
    }

    /// Deletes the consumer group `name` with all offsets that it committed.
    ///
    /// Returns true. An error of kind `not_found` says that there is no such group, one of kind
    /// `conflict` that it has active members.
    ///
    /// ```rhai
    /// kafka::create_topic("left");
    /// kafka::reset_group("leavers", #{ to: "latest", topics: "left", create: true });
    /// kafka::delete_group("leavers") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete_group(context: NativeCallContext, name: &str) -> RhaiResultOf<bool> {
        delete_group_with(context, name, Map::new())
    }

    /// Deletes the consumer group `name` with all offsets that it committed.
    ///
    /// `given` is a map with `if_exists`, whether a missing group is fine (false), and `timeout`,
    /// the seconds to wait for an answer (10).
    ///
    /// Returns whether there was a group to delete. Errors are those of `kafka::delete_group(name)`.
    ///
    /// ```rhai
    /// kafka::delete_group("nobody", #{ if_exists: true }) // => false
    /// ```
    #[rhai_fn(name = "delete_group", volatile, return_raw)]
    pub fn delete_group_with(
        context: NativeCallContext,
        name: &str,
        given: Map,
    ) -> RhaiResultOf<bool> {
        let given: DeleteOptions = options("kafka::delete_group", given)?;
        let run = call::context(&context)?;
        match Admin::of(&run)?.delete_group(&run, name, given.timeout()) {
            Ok(()) => Ok(true),
            Err(Failure { kind: Kind::NotFound, .. }) if given.if_exists => Ok(false),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Forgets what the consumer group `name` committed for some topics.
    ///
    /// `given` is a map with `topics`, a name, an array of names, or a map of names with arrays of
    /// partitions; and `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns an array of maps with the `topic` and `partition` of what was forgotten. Errors are
    /// of kind `not_found` (group or topic) and `conflict` (a member of the group reads the topic).
    ///
    /// ```rhai
    /// kafka::create_topic("dropped");
    /// kafka::reset_group("droppers", #{ to: "latest", topics: "dropped", create: true });
    /// kafka::delete_group_offsets("droppers", #{ topics: "dropped" })
    /// // => [#{"partition": 0, "topic": "dropped"}]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete_group_offsets(
        context: NativeCallContext,
        name: &str,
        given: Map,
    ) -> RhaiResultOf<Array> {
        let given: ForgetOptions = options("kafka::delete_group_offsets", given)?;
        let chosen = given.chosen(name)?;
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let deleted = admin.delete_group_offsets(&run, name, &chosen, given.timeout())?;
        Ok(deleted.into_iter().map(|place| types::place_map(place).into()).collect())
    }
}
