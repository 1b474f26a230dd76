//! Consume, transform, produce: the engine and its delivery guarantee.
