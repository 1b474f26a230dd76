//! Tests of `formats::sal`.

mod forms;
pub mod golden;
mod interfaces;
mod layouts;
mod oddities;
mod robust;
mod text;
