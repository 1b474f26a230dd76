//! The pages a script author reads, one a noun.

pub mod pipeline;
pub mod run;
pub mod stages;
