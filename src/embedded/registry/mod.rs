//! A Schema Registry in this process, for development only.
