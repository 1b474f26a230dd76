//! SAL text messages to Avro in the wire format.

mod schemas;
mod slot;
mod stage;
mod versions;

pub use schemas::SalTextOptions;
pub use stage::sal_text;
