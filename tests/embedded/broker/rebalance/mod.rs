//! Members of a group share partitions while others come and go, through librdkafka.

mod group;
mod kafka_tools;
mod pattern;
mod script;
mod sharing;
mod silence;
mod speed;
