//! The bridge from outside: real sockets, free ports, a file for each subject.

mod architecture;
mod attacks;
#[cfg(target_os = "linux")]
mod capture;
mod command;
mod connection_log;
mod corpus;
mod endings;
mod exchange;
mod faults;
mod floods;
mod flow;
mod harness;
mod http;
mod lab;
#[cfg(target_os = "linux")]
mod leftovers;
#[cfg(target_os = "linux")]
mod logging;
#[cfg(target_os = "linux")]
mod long_headers;
#[cfg(target_os = "linux")]
mod look_ups;
#[cfg(target_os = "linux")]
mod memory;
// Elsewhere the allocator is the system's, whose business it is.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod memory_after_load;
#[cfg(unix)]
mod refusals;
mod release;
mod targets_named;
#[cfg(unix)]
mod terminal_commands;
mod tutorial;
#[cfg(unix)]
mod unix;
mod ws_path;
