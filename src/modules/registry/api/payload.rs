//! Values with a wire header.

use rhai::plugin::*;
use rhai::{Blob, ImmutableString};

use crate::clients::registry::{Draft, Terms};
use crate::modules::error::RhaiResultOf;
use crate::modules::registry::missing::found;
use crate::modules::registry::types::{self, registry as of};
use crate::modules::schema::schema as schema_of;
use crate::modules::{call, payload};

/// Values with a wire header.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod registry {
    /// Encodes a value by the latest schema of a subject, with the wire header.
    ///
    /// The schema is asked for once in a run.
    ///
    /// Returns a blob that any consumer with this registry can decode. An error of kind `invalid`
    /// names the field that does not fit.
    ///
    /// ```rhai
    /// registry::register("encode-example-value", `"string"`);
    /// registry::decode(registry::encode("encode-example-value", "dome")) // => "dome"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn encode(
        context: NativeCallContext,
        subject: ImmutableString,
        value: Dynamic,
    ) -> RhaiResultOf<Blob> {
        let registry = of(&context)?;
        let (id, schema) = found(&registry, &subject, registry.current(&subject))?;
        types::framed(id, &schema, &value)
    }

    /// Registers a schema under a subject, and encodes a value by it, with the wire header.
    ///
    /// `schema` is a `Schema`, JSON text or a map; it is registered once in a run.
    ///
    /// Returns a blob that any consumer with this registry can decode. An error of kind `conflict`
    /// says that the schema is incompatible, one of kind `invalid` names the field that does not
    /// fit.
    ///
    /// ```rhai
    /// let message = registry::encode("encode-with-example-value", `"long"`, 5);
    /// registry::decode(message) // => 5
    /// ```
    #[rhai_fn(name = "encode", volatile, return_raw)]
    pub fn encode_with(
        context: NativeCallContext,
        subject: ImmutableString,
        schema: Dynamic,
        value: Dynamic,
    ) -> RhaiResultOf<Blob> {
        let schema = schema_of(&schema)?;
        let id = of(&context)?.register(&subject, &Draft::from(&schema), Terms::default())?;
        types::framed(id, &schema, &value)
    }

    /// Decodes a blob with a wire header by the schema that the header names.
    ///
    /// Returns the value; a blob without a header comes back as text if it is text, else as it is.
    /// An error of kind `not_found` says that the registry has no such schema, one of kind
    /// `invalid` names the field where the blob does not make sense.
    ///
    /// ```rhai
    /// registry::decode("plain text".to_blob()) // => "plain text"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn decode(context: NativeCallContext, bytes: Blob) -> RhaiResultOf<Dynamic> {
        payload::decode(&call::context(&context)?, &bytes)
    }
}
