//! The bridge from outside: real sockets, free ports, a file for each subject.

mod architecture;
mod aside;
mod attacks;
#[cfg(target_os = "linux")]
mod capture;
mod command;
mod corpus;
mod endings;
mod exchange;
mod faults;
mod flow;
mod harness;
mod http;
mod lab;
#[cfg(target_os = "linux")]
mod leftovers;
#[cfg(target_os = "linux")]
mod memory;
mod tutorial;
mod visits;
