//! Which librdkafka is linked.

/// The version of librdkafka, as `2.12.1`.
pub fn librdkafka_version() -> String {
    rdkafka::util::get_rdkafka_version().1
}
