//! Tests of `formats::sal`.

mod forms;
mod golden;
mod interfaces;
mod layouts;
mod oddities;
mod robust;
mod text;
