//! The state of the page and how it changes, without browser and framework.
//!
//! [`app::Model`] is the whole of it: an [`app::Event`] comes in, the model changes, and
//! [`command::Command`]s come out as values, for the platform to execute. The model never asks a
//! clock: events bring the time along.
//!
//! Dependencies point downwards:
//!
//! 1. [`app`] composes the features, and is the only module that knows them all;
//! 2. features: [`text`] (bytes as text), [`runs`] (finished runs), [`link`], [`lesson`], [`lab`],
//!    [`server`] (the page as a TCP server), [`packets`], [`inspector`] (Timeline and Bytes),
//!    [`connection_log`], [`composer`], [`menu`], [`expectations`] (which reply is expected of which
//!    target);
//! 3. what they explain: [`verdict`], [`diagnosis`], [`difference`], [`export`];
//! 4. [`setup`] (what the page is set up to send), [`modes`] (once, interactive, load),
//!    [`connection`] (one WebSocket), [`transcript`];
//! 5. leaves: [`attachment`], [`bridge`], [`cause`], [`certificate`], [`command`], [`dom`], [`time`], [`lang`] and the others.

pub mod app;
pub mod attachment;
pub mod bounded_bytes;
pub mod bridge;
pub mod cause;
pub mod certificate;
pub mod class;
pub mod command;
pub mod composer;
pub mod connection;
pub mod connection_log;
pub mod copy;
pub mod diagnosis;
pub mod difference;
pub mod dom;
pub mod expectations;
pub mod expected_reply;
pub mod export;
pub mod field;
pub mod format;
pub mod glyph;
pub mod inspector;
pub mod json;
pub mod lab;
pub mod lang;
pub mod lesson;
pub mod link;
pub mod loadable;
pub mod long_text;
mod memo;
pub mod menu;
pub mod modes;
pub mod packets;
pub mod pieces;
pub mod protocol;
pub mod release;
pub mod render_throttle;
pub mod role;
pub mod runs;
pub mod server;
pub mod setup;
pub mod terminal_command;
pub mod text;
pub mod time;
pub mod topic;
pub mod transcript;
pub mod verdict;

pub use app::{Event, Model};
pub use lang::Lang;
