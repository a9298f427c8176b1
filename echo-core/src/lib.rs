//! What the page and the bridge have in common, without any I/O.
//!
//! It compiles natively and to wasm, and knows neither sockets nor clocks:
//!
//! - [`exchange`]: the comparison of a reply, arriving in any chunking, with what was sent;
//! - [`fault`]: faults of an echo server, as text and as behavior;
//! - [`hexdump`]: bytes as rows of offset, cells and characters, and which byte belongs to which;
//! - [`lines`]: the sentences that the tutorial's client prints;
//! - [`packets`]: TCP packets, captured or inferred: decoded, opened into layers, as files;
//! - [`payload`]: what a person types as bytes, and bytes as text a person can read;
//! - [`shell`]: the quoting of commands to paste;
//! - [`wire`]: the bridge protocol, with every limit and constant both ends must agree on.

pub mod exchange;
pub mod fault;
pub mod hexdump;
pub mod lines;
pub mod packets;
pub mod payload;
pub mod shell;
pub mod wire;

pub use exchange::{Exchange, Outcome};
pub use fault::Fault;
pub use lines::Line;
