//! The Schema Registry over HTTP.
