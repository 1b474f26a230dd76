//! Tests of `formats::sal`.

mod golden;
mod layouts;
