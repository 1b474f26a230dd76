//! Tests of what faults of the network, the brokers and the registry do to a pipeline.
//!
//! They call the binary, with a proxy of ours before each server. The messages are written and the
//! results judged by `oracle.py`, which shares no code with kafkaefd. Short forms run
//! as a rule; the sizes of the goals by:
//!
//! ```text
//! KAFKAEFD_FORM=full cargo test --release --test suite -- stream::faults
//! ```

mod broker;
mod cluster;
mod outage;
mod process;
mod protocol;
mod registry;
mod restart;
mod scene;
mod slow;
mod stage;
