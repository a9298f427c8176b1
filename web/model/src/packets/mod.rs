//! The packets of a connection, or of a capture file.
//!
//! Most of it is the *packet analyzer*, whose code is not part of the page's first load: it is cut
//! into a wasm file of its own, which is fetched when the user looks at packets or opens a file. That
//! works as long as nothing but the function that loads it (`web/src/lazy.rs`) leads to its code, so
//! the rest of the page calls it only through a trait object and never names [`PacketAnalyzer`].
//!
//! What is always there:
//!
//! - [`Packets`]: the state that the root of the model holds: the analyzer, as far as it is loaded,
//!   and an event that waits for it;
//! - [`PacketsPart`]: the trait of the analyzer, and [`PacketsContext`], what it is told of the page;
//! - [`PacketsEvent`]: what can happen, and [`PacketsRequest`], what follows for other features.
//!
//! What is loaded on demand:
//!
//! - [`PacketAnalyzer`]: the state, and `update`, how it reacts to events;
//! - [`snapshot`]: the packets of a connection, captured or inferred;
//! - [`file`](mod@file): a capture file, and [`conversation`], what both ends said in it;
//! - [`detail`]: the selected packet;
//! - [`stream`]: which bytes of the connection a packet carried;
//! - `save`: packets as a file;
//! - [`view`]: what is shown.

mod analyzer;
mod context;
pub mod conversation;
pub mod detail;
mod event;
pub mod file;
mod part;
mod save;
pub mod snapshot;
mod state;
pub mod stream;
#[cfg(test)]
mod tests;
mod update;
pub mod view;

pub use analyzer::{PacketAnalyzer, RefusedFile};
pub use context::PacketsContext;
pub use event::{FieldPlace, PacketSpot, PacketsEvent, PacketsRequest};
pub use part::PacketsPart;
pub use state::Packets;

/// The media type of saved packets. None is registered for pcapng; programs use this one.
pub const PCAPNG_MEDIA_TYPE: &str = "application/x-pcapng";
