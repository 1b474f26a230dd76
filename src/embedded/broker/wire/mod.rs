//! Bytes to requests and responses to bytes, by Kafka's protocol guide.
//!
//! - `frame`, `versions`, `claimed_sizes` (with `shapes`): what is let in.
//! - `call`: one request; `strings`, `item_error`: parts of responses.

mod call;
pub mod claimed_sizes;
mod error;
pub mod frame;
mod item_error;
mod shapes;
mod strings;
pub mod versions;

pub use call::Call;
pub use error::WireError;
pub use frame::{Frames, Prefix};
pub use item_error::{ItemError, code, code_and_message};
pub use strings::{group_id, nullable, owned, text, topic_name};
