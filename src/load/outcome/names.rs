//! The histograms of an outcome.

/// How much later a record was sent than it was due.
pub const SCHEDULE_ERROR: &str = "schedule_error";

/// From the moment a record was due to that at which Kafka confirmed it.
pub const ACKNOWLEDGED: &str = "acknowledged";

/// From the moment a record was due to that at which it was read.
pub const END_TO_END: &str = "end_to_end";

/// All of them.
pub const HISTOGRAMS: [&str; 3] = [SCHEDULE_ERROR, ACKNOWLEDGED, END_TO_END];
