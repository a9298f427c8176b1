//! What the page and the bridge have in common, without any I/O.
//!
//! It compiles natively and to wasm, and knows neither sockets nor clocks:
//!
//! - [`exchange`]: the comparison of a reply, arriving in any chunking, with what was sent;
//! - [`lines`]: the sentences that the tutorial's client prints;
//! - [`payload`]: bytes as text a person can read;
//! - [`wire`]: the bridge protocol, with every limit and constant both ends must agree on.

pub mod exchange;
pub mod lines;
pub mod payload;
pub mod wire;

pub use exchange::{Exchange, Outcome};
pub use lines::Line;
