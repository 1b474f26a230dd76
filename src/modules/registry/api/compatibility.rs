//! What may follow what.

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read;
use crate::modules::registry::missing::{existing, found};
use crate::modules::registry::options;
use crate::modules::registry::types::{self, registry as of};

/// What may follow what.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
    /// Whether a schema may be registered under a subject.
    ///
    /// `schema` is a `Schema`, JSON text or a map. Anything may be registered under a new subject.
    ///
    /// ```rhai
    /// registry::register("compatible-example-value", `"int"`);
    /// registry::compatible("compatible-example-value", `"string"`) // => false
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn compatible(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
    ) -> RhaiResultOf<bool> {
        let draft = types::draft(&schema, None, Vec::new())?;
        Ok(of(&context)?.compatible(&subject, None, &draft)?.compatible)
    }

    /// Whether a schema may follow one version of a subject, and why not.
    ///
    /// `schema` is a `Schema`, JSON text or a map; `version` a number from 1 up, or `"latest"`.
    ///
    /// Returns a map with `compatible` and `reasons`, an array of text. An error of kind
    /// `not_found` says that there is no such version, or names the subject that was meant.
    ///
    /// ```rhai
    /// registry::register("check-example-value", `"int"`);
    /// registry::check("check-example-value", `"string"`, "latest").compatible // => false
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn check(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
        version: Dynamic,
    ) -> RhaiResultOf<Map> {
        check_with(context, subject, schema, Map::from([("version".into(), version)]))
    }

    /// Whether a schema may follow what a subject holds, and why not.
    ///
    /// `schema` is a `Schema`, text or a map. `options` has `version`, a number from 1 up or
    /// `"latest"`, else those versions count that the subject's level looks at; `type` and
    /// `references` as for `registry::register`; and `timeout`, the seconds to wait for an answer
    /// (10).
    ///
    /// Returns a map with `compatible` and `reasons`, an array of text. An error of kind
    /// `not_found` says that there is no such version, or names the subject that was meant.
    ///
    /// ```rhai
    /// registry::register("check-all-example-value", `"int"`);
    /// registry::check("check-all-example-value", `"long"`, #{}).compatible // => true
    /// ```
    #[rhai_fn(name = "check", volatile, return_raw)]
    pub fn check_with(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
        options: Map,
    ) -> RhaiResultOf<Map> {
        let options: options::Check = read("registry::check", options)?;
        let registry = types::patient(&context, options.wait())?;
        let version = options.version.as_ref().map(types::version).transpose()?;
        let draft = types::draft(&schema, options.kind.as_deref(), options.references)?;
        existing(&registry, &subject)?;
        let verdict = registry.compatible(&subject, version, &draft);
        Ok(types::verdict(found(&registry, &subject, verdict)?))
    }

    /// Whether a schema may follow each version of a subject, and why not.
    ///
    /// `schema` is a `Schema`, text or a map. `options` has `type` and `references` as for
    /// `registry::register`; and `timeout`, the seconds to wait for each answer (10).
    ///
    /// Returns an array of maps with `version`, `compatible` and `reasons`, an array of text, in
    /// the order of the versions. An error of kind `not_found` names the subject that was meant.
    ///
    /// ```rhai
    /// registry::register("check-each-example-value", `"int"`);
    /// registry::check_each("check-each-example-value", `"long"`, #{})
    /// // => [#{"compatible": true, "reasons": [], "version": 1}]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn check_each(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
        options: Map,
    ) -> RhaiResultOf<Array> {
        let options: options::Given = read("registry::check_each", options)?;
        let registry = types::patient(&context, options.wait())?;
        let draft = types::draft(&schema, options.kind.as_deref(), options.references)?;
        let verdicts = registry.compatible_each(&subject, &draft);
        let rows = found(&registry, &subject, verdicts)?.into_iter().map(|(version, verdict)| {
            let mut row = types::verdict(verdict);
            row.insert("version".into(), i64::from(version).into());
            row.into()
        });
        Ok(rows.collect())
    }
}
