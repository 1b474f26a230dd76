//! What the broker holds and who is there, for one who watches.

mod connections;
mod pulse;
mod status;

pub use connections::{Connected, Connections};
pub use pulse::Pulse;
pub use status::{Status, Watch};
