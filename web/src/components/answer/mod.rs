//! How the page answers as a server: its rules, and its faults. It is loaded on demand.

mod fault;
mod field;
mod form;
mod rule;
mod rules;

pub use fault::FaultFields;
pub use rules::RuleList;
