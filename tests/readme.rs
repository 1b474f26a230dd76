//! The README says nothing untrue: its sessions, scripts and tables are run and compared.

mod blocks;
mod demo;
mod reference;
mod sessions;
mod tables;
