//! The page as a TCP server.
//!
//! Most of it is loaded on demand: nobody waits for it who only sends. What is always there:
//!
//! - [`Server`]: which end the page is, the state as far as its code is loaded, and the setup that
//!   waits for it;
//! - [`ServerPart`]: the trait by which the rest of the page calls the state, with what it is told
//!   ([`ServerContext`]) and what it asks for ([`ServerRequest`]);
//! - [`ServerEvent`]: what can happen.
//!
//! What is loaded on demand:
//!
//! - [`ServerState`]: the state, and how it reacts to events;
//! - [`listener`]: one WebSocket that has the bridge listen;
//! - [`connection`]: a connection that came in, and [`list`]: all of them;
//! - [`answer`]: how the page answers;
//! - [`view`]: what is shown.

pub mod answer;
pub mod connection;
mod event;
pub mod list;
pub mod listener;
mod part;
mod setup;
mod shell;
mod state;
mod update;
pub mod view;

pub use event::ServerEvent;
pub use part::{ServerContext, ServerPart, ServerRequest};
pub use setup::AnswerKind;
pub use shell::Server;
pub use state::{DEFAULT_ADDRESS, ServerState};
