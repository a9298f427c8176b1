//! How the page answers as a server: it echoes, leaves that to the user, follows rules, or runs a
//! fault of the lab.
//!
//! An [`Answer`] is what was chosen. Each connection that is accepted gets a [`Responder`] made of
//! it, which has neither socket nor clock: [`Input`]s go in, and [`Action`]s come out in the order
//! in which they are to be carried out.
//!
//! ```
//! use page_model::server::answer::{Action, Answer, Input, Responder};
//!
//! let mut responder = Responder::new(&Answer::Echo, "127.0.0.1:51234");
//! responder.handle(Input::Established);
//! responder.handle(Input::Room(1024));
//! let actions = responder.handle(Input::Bytes(b"Hello!"));
//! assert_eq!(actions, [Action::Consumed(6), Action::Send(b"Hello!".to_vec())]);
//! assert_eq!(responder.handle(Input::PeerFinished), [Action::Finish]);
//! ```

pub mod editor;
mod fault_choice;
mod faults;
mod input;
mod ready_made;
mod responder;
mod rule;
mod rule_set;
mod rules;
mod template;
#[cfg(test)]
mod tests;
mod typed;

pub use fault_choice::{
    ArgumentView, FaultChoice, FaultChoiceView, FaultEvent, argument_id, offered,
};
pub use faults::{NotAsAServer, not_as_a_server};
pub use input::MAX_INPUT;
pub use ready_made::ReadyMade;
pub use responder::{Action, Input, Responder};
pub use rule::{Delay, MAX_DELAY_MS, Rule, RuleField, RuleMistake, Then, When};
pub use rule_set::{MAX_RULES, RuleSet, RuleSetError};
pub use rules::Rules;
pub use template::{MAX_INPUTS, MAX_REPLY, Placeholder};
pub use typed::{MAX_TYPED, RuleMistakeKind, TypedBytes};

use std::rc::Rc;

use echo_core::Fault;

/// How the page answers the connections that it accepts.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Answer {
    /// It sends back what it receives.
    #[default]
    Echo,
    /// It reads, and the user writes.
    ByHand,
    /// It follows rules. They are shared by all connections.
    Rules(Rc<Rules>),
    /// It behaves as an echo server with this fault, one that [a page can have](not_as_a_server).
    Fault(Fault),
}
