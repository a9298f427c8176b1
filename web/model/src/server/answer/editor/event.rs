//! What the user can do to the list of rules.

use echo_core::payload::{LineEnding, Notation};

use super::RuleId;
use crate::server::answer::{ReadyMade, RuleField, Then, When};

/// What the user did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RulesEvent {
    /// Added a rule behind the others.
    Added,
    /// Removed a rule.
    Removed(RuleId),
    /// Moved a rule by one place.
    Moved(RuleId, MoveRule),
    /// Unfolded a rule, or folded it.
    Toggled(RuleId),
    /// Chose when a rule matches.
    WhenChosen(RuleId, When),
    /// Typed in a field.
    Typed(RuleId, RuleField, String),
    /// Chose how the text in a field stands for bytes; a delay has no notation.
    NotationChosen(RuleId, RuleField, Notation),
    /// Chose how the lines of a reply end.
    EndingChosen(RuleId, LineEnding),
    /// Chose what follows a reply.
    ThenChosen(RuleId, Then),
    /// Put ready-made rules in the place of those that were there.
    ReadyMadeChosen(ReadyMade),
    /// Took the last removal or replacement back.
    Undone,
}

/// Where a rule is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveRule {
    /// Before the rule that was before it.
    Up,
    /// Behind the rule that was behind it.
    Down,
}
