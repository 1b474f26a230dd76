//! Deleting subjects and versions.

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read;
use crate::modules::registry::missing::found;
use crate::modules::registry::{options, types};

/// Deleting subjects and versions.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
    /// Deletes all versions of a subject; they can be registered again, and ids stay readable.
    ///
    /// Returns the numbers of the deleted versions. An error of kind `not_found` says that there
    /// is no such subject, and which was meant.
    ///
    /// ```rhai
    /// registry::register("delete-example-value", `"string"`);
    /// registry::delete("delete-example-value") // => [1]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete(context: NativeCallContext, subject: ImmutableString) -> RhaiResultOf<Array> {
        delete_with(context, subject, Map::new())
    }

    /// Deletes a subject as `options` say.
    ///
    /// `options` has `version`, a number or `"latest"`, to delete one version only; `permanent`,
    /// true to delete for good what was deleted before; and `timeout`, the seconds to wait for an
    /// answer (10).
    ///
    /// Returns the numbers of the deleted versions. An error of kind `not_found` says what is
    /// missing, and what was meant.
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
        let options: options::Deletion = read("registry::delete", options)?;
        let registry = types::patient(&context, options.wait())?;
        let deleted = match &options.version {
            None => registry.delete(&subject, options.permanent),
            Some(version) => {
                let version = types::version(version)?;
                let deleted = registry.delete_version(&subject, version, options.permanent);
                deleted.map(|number| vec![number])
            }
        };
        Ok(types::numbers(found(&registry, &subject, deleted)?))
    }
}
