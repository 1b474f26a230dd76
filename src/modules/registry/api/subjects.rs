//! Subjects, their versions, contexts.

use std::collections::HashSet;

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::clients::registry::{Details, Listing};
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read;
use crate::modules::registry::missing::found;
use crate::modules::registry::options;
use crate::modules::registry::types::{self, registry as of};

/// The Schema Registry: subjects, versions, ids, compatibility, modes.
///
/// A last argument `options` is a map; in all of them `timeout` is how many seconds the call waits
/// for its answer (10). Errors have the kinds `unreachable`, `timeout`, `denied`, `not_found`,
/// `conflict`, `invalid`, `unsupported` and `failed`; `code` is the registry's own number, for
/// example 40401. A registry that is busy (429 or 5xx) is asked again as long as there is time.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
    /// The names of all subjects, sorted.
    ///
    /// ```rhai
    /// registry::register("list-example-value", `"string"`);
    /// registry::subjects().contains("list-example-value") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn subjects(context: NativeCallContext) -> RhaiResultOf<Array> {
        Ok(types::names(of(&context)?.subjects(&Listing::default())?))
    }

    /// The names of the subjects that match a regular expression, sorted.
    ///
    /// `pattern` must match from the start of the name, not up to its end: `lsst` finds
    /// `lsst.sal.X`. An error of kind `usage` says what is wrong with it.
    ///
    /// ```rhai
    /// registry::register("match-example-value", `"string"`);
    /// registry::subjects("match-ex.*value") // => ["match-example-value"]
    /// ```
    #[rhai_fn(name = "subjects", volatile, return_raw)]
    pub fn subjects_like(
        context: NativeCallContext,
        pattern: ImmutableString,
    ) -> RhaiResultOf<Array> {
        let list = || Ok(of(&context)?.subjects(&Listing::default())?);
        Ok(types::names(types::matching(&pattern, list)?))
    }

    /// The names of the subjects that `options` describe, sorted.
    ///
    /// `options` has `filter`, a regular expression for the start of names; `prefix`, text that
    /// names start with, where `:.name:` is a context; `deleted`, true for those that are deleted
    /// but not for good, too; and `timeout`, the seconds to wait for an answer (10).
    ///
    /// ```rhai
    /// registry::register("gone-example-value", `"string"`);
    /// registry::delete("gone-example-value");
    /// registry::subjects(#{ prefix: "gone-", deleted: true }) // => ["gone-example-value"]
    /// ```
    #[rhai_fn(name = "subjects", volatile, return_raw)]
    pub fn subjects_with(context: NativeCallContext, options: Map) -> RhaiResultOf<Array> {
        let options: options::Subjects = read("registry::subjects", options)?;
        let registry = types::patient(&context, options.wait())?;
        let listing = Listing { prefix: options.prefix, deleted: options.deleted };
        Ok(types::names(types::matching(&options.filter, || Ok(registry.subjects(&listing)?))?))
    }

    /// The subjects that `options` describe, with their versions and levels; a few requests are on
    /// their way at once.
    ///
    /// `options` has `filter`, `prefix` and `deleted` as `registry::subjects(options)`; `versions`
    /// and `levels`, true to be told them; and `timeout`, the seconds to wait for each answer (10).
    ///
    /// Returns an array of maps with `subject`, and as asked for `versions` (numbers), `level` (the
    /// word for the compatibility level that holds) and `deleted`.
    ///
    /// ```rhai
    /// registry::register("describe-example-value", `"string"`);
    /// registry::describe_subjects(#{ filter: "describe-ex", versions: true, levels: true })
    /// // => [#{"level": "BACKWARD", "subject": "describe-example-value", "versions": [1]}]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn describe_subjects(context: NativeCallContext, options: Map) -> RhaiResultOf<Array> {
        let options: options::Describe = read("registry::describe_subjects", options)?;
        let registry = types::patient(&context, options.wait())?;
        let list =
            |deleted| Ok(registry.subjects(&Listing { prefix: options.prefix.clone(), deleted })?);
        let names = types::matching(&options.filter, || list(options.deleted))?;
        let alive: Option<HashSet<String>> =
            if options.deleted { Some(list(false)?.into_iter().collect()) } else { None };
        let options::Describe { versions, levels, deleted, .. } = options;
        let subjects = registry.describe(names, Details { versions, levels, deleted })?;
        let maps = subjects.into_iter().map(|subject| {
            let deleted = alive.as_ref().map(|alive| !alive.contains(&subject.name));
            let mut map = types::described(subject);
            if let Some(deleted) = deleted {
                map.insert("deleted".into(), deleted.into());
            }
            map.into()
        });
        Ok(maps.collect())
    }

    /// The numbers of the versions of a subject, in rising order.
    ///
    /// An error of kind `not_found` says that there is no such subject, and which was meant.
    ///
    /// ```rhai
    /// registry::register("versions-example-value", `"string"`);
    /// registry::versions("versions-example-value") // => [1]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn versions(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<Array> {
        versions_with(context, subject, Map::new())
    }

    /// The numbers of the versions of a subject, in rising order.
    ///
    /// `options` has `deleted`, true for those that are deleted but not for good, too; and
    /// `timeout`, the seconds to wait for an answer (10).
    ///
    /// ```rhai
    /// registry::register("gone-version-example-value", `"string"`);
    /// registry::delete("gone-version-example-value");
    /// registry::versions("gone-version-example-value", #{ deleted: true }) // => [1]
    /// ```
    #[rhai_fn(name = "versions", volatile, return_raw)]
    pub fn versions_with(
        context: NativeCallContext,
        subject: ImmutableString,
        options: Map,
    ) -> RhaiResultOf<Array> {
        let options: options::Versions = read("registry::versions", options)?;
        let registry = types::patient(&context, options.wait())?;
        let versions = registry.versions(&subject, options.deleted);
        Ok(types::numbers(found(&registry, &subject, versions)?))
    }

    /// The names of the contexts of the registry, sorted; the default one is `.`.
    ///
    /// A subject `:.name:s` is the subject `s` of the context `.name`, which has its own ids.
    ///
    /// ```rhai
    /// registry::register(":.night:context-example-value", `"string"`);
    /// registry::contexts() // => [".", ".night"]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn contexts(context: NativeCallContext) -> RhaiResultOf<Array> {
        Ok(types::names(of(&context)?.contexts()?))
    }

    /// The names of the contexts of the registry, sorted; the default one is `.`.
    ///
    /// `options` has `timeout`, the seconds to wait for an answer (10).
    ///
    /// ```rhai
    /// registry::contexts(#{ timeout: 5 }).contains(".") // => true
    /// ```
    #[rhai_fn(name = "contexts", volatile, return_raw)]
    pub fn contexts_with(context: NativeCallContext, options: Map) -> RhaiResultOf<Array> {
        let options: options::Plain = read("registry::contexts", options)?;
        Ok(types::names(types::patient(&context, options.wait())?.contexts()?))
    }
}
