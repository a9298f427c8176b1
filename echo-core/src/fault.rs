//! Faults that an echo server can be given on purpose.
//!
//! A [`Fault`] has one text form, such as `truncate:3`, which is the same on the command line, in a
//! URL and in the page. Each [`FaultKind`] is described once, by its [`FaultSpec`]: the parser, the
//! printer, help texts, the page and tests derive names, parameters, bounds and examples from it.
//! [`forms`] lists the text forms of all.
//!
//! What a server with a fault does on one connection is a [`FaultBehavior`]. It performs no I/O: a
//! driver feeds it the bytes that the client sends, and carries out the actions that it returns.
//!
//! ```
//! use echo_core::fault::{Action, Fault, FaultBehavior};
//!
//! let fault: Fault = "truncate:3".parse()?;
//! let mut server = FaultBehavior::new(&fault);
//! server.on_bytes(b"Hello!");
//! assert_eq!(server.next_action(), Some(Action::Send(b"Hel".to_vec())));
//! assert_eq!(server.next_action(), Some(Action::Fin));
//! assert_eq!(server.next_action(), None);
//! # Ok::<(), echo_core::fault::ParseFaultError>(())
//! ```
//!
//! Byte counts and offsets refer to the whole connection, since TCP has no messages.

mod action;
mod argument;
mod behavior;
mod bounds;
mod chaos;
mod definition;
mod error;
mod script;
mod spec;
#[cfg(test)]
mod tests;
mod text;

pub use action::{Action, SETTLE};
pub use argument::{Argument, Expected};
pub use behavior::{FaultBehavior, MAX_HELD, QUIET};
pub use bounds::{Bounded, Count, Greeting, MAX_GREETING, MAX_TIME, Size, Time};
pub use definition::{Fault, FaultKind};
pub use error::{ParseFaultError, ParseFaultErrorKind};
pub use spec::{FaultGroup, FaultSpec, Parameter, ParameterKind, forms};
