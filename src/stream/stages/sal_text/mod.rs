//! SAL text messages to Avro in the wire format.

mod options;
mod refresh;
mod schemas;
mod slot;
mod stage;
mod versions;

pub use options::SalTextOptions;
pub use stage::sal_text;
