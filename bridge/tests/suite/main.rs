//! The bridge from outside: real sockets, free ports, a file for each subject.

mod architecture;
#[cfg(target_os = "linux")]
mod capture;
mod command;
mod corpus;
mod endings;
mod exchange;
mod flow;
mod harness;
mod http;
#[cfg(target_os = "linux")]
mod memory;
mod tutorial;
