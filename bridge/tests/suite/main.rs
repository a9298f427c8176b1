//! The bridge from outside: real sockets, free ports, a file for each subject.

mod access;
mod admin;
#[cfg(unix)]
mod admin_socket;
mod architecture;
mod attacks;
#[cfg(target_os = "linux")]
mod capture;
mod command;
mod connection_log;
mod corpus;
#[cfg(unix)]
mod draining;
mod endings;
mod exchange;
mod faults;
mod floods;
mod flow;
#[cfg(target_os = "linux")]
mod haproxy;
mod harness;
mod http;
mod lab;
#[cfg(target_os = "linux")]
mod leftovers;
#[cfg(target_os = "linux")]
mod listening;
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
#[cfg(target_os = "linux")]
mod monitoring;
mod proxies;
#[cfg(unix)]
mod refusals;
mod release;
#[cfg(target_os = "linux")]
mod rolling_restart;
mod targets_named;
#[cfg(unix)]
mod terminal_commands;
mod tls;
mod tls_commands;
#[cfg(target_os = "linux")]
mod tls_programs;
#[cfg(unix)]
mod tls_serving;
mod tutorial;
#[cfg(unix)]
mod unix;
#[cfg(target_os = "linux")]
mod unprivileged;
mod websocket;
mod ws_path;
