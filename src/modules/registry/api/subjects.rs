//! Subjects and their versions.

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read_options;
use crate::modules::registry::types::{self, registry as of};

/// The Schema Registry: subjects, versions, ids, compatibility.
///
/// Errors have the kinds `unreachable`, `timeout`, `denied`, `not_found`, `conflict`, `invalid` and
/// `failed`; `code` is the registry's own number, for example 40401.
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
        Ok(of(&context)?.subjects()?.into_iter().map(Dynamic::from).collect())
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
        types::matching(&pattern, || Ok(of(&context)?.subjects()?))
    }

    /// The numbers of the versions of a subject, in rising order.
    ///
    /// An error of kind `not_found` says that there is no such subject.
    ///
    /// ```rhai
    /// registry::register("versions-example-value", `"string"`);
    /// registry::versions("versions-example-value") // => [1]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn versions(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<Array> {
        Ok(types::numbers(of(&context)?.versions(&subject)?))
    }

    /// Deletes all versions of a subject; they can be registered again, and ids stay readable.
    ///
    /// Returns the numbers of the deleted versions. An error of kind `not_found` says that there
    /// is no such subject.
    ///
    /// ```rhai
    /// registry::register("delete-example-value", `"string"`);
    /// registry::delete("delete-example-value") // => [1]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<Array> {
        Ok(types::numbers(of(&context)?.delete(&subject, false)?))
    }

    /// Deletes a subject as `options` say.
    ///
    /// `options` has `version`, a number, to delete one version only, and `permanent`, true to
    /// delete for good what was deleted before.
    ///
    /// Returns the numbers of the deleted versions. An error of kind `not_found` says what is
    /// missing.
    ///
    /// ```rhai
    /// registry::register("delete-some-example-value", `"string"`);
    /// registry::delete("delete-some-example-value", #{ version: 1 }) // => [1]
    /// ```
    #[rhai_fn(name = "delete", volatile, return_raw)]
    pub fn delete_with(
        context: NativeCallContext,
        subject: ImmutableString,
        options: Map,
    ) -> RhaiResultOf<Array> {
        let options: types::Deletion = read_options("registry::delete", options)?;
        let registry = of(&context)?;
        Ok(types::numbers(match options.version {
            None => registry.delete(&subject, options.permanent)?,
            Some(number) => {
                let version = types::version(&number.into())?;
                vec![registry.delete_version(&subject, version, options.permanent)?]
            }
        }))
    }
}
