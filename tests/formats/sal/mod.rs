//! Tests of `formats::sal`.

mod forms;
pub mod golden;
mod interfaces;
mod layouts;
mod names;
mod oddities;
mod robust;
mod roundtrip;
mod strict;
mod text;
