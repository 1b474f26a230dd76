//! Tests of `formats::sal`.

mod golden;
mod layouts;
mod oddities;
mod text;
