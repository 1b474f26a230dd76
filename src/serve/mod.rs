//! The HTTP endpoint for metrics and health.
