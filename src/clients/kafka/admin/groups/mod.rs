//! Consumer groups: what they are, how far they have read, how far they shall have read.

mod assignment;
mod behind;
mod coordinators;
mod delete;
mod describe;
mod lag;
mod list;
mod reset;
mod target;

pub use describe::{Coordinator, Group, Member};
pub use lag::PartitionLag;
pub use list::ListedGroup;
pub use reset::{Move, Reset};
pub use target::{Chosen, Target};
