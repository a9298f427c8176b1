//! A list of rules, and how it is written as JSON.

use echo_core::payload::{LineEnding, Notation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::rule::{Delay, MAX_DELAY_MS, Rule, Then, When};
use super::typed::{MAX_TYPED, TypedBytes};

/// The most rules of a set.
pub const MAX_RULES: usize = 20;

/// Rules as they are typed, in order: the first one that matches is followed. There are at most
/// [`MAX_RULES`], and no text is longer than [`MAX_TYPED`].
///
/// The form in JSON is described in docs/formats.md. What was typed with a mistake in it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Document", into = "Document")]
pub struct RuleSet(Vec<Rule>);

/// Why rules do not make a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RuleSetError {
    /// There are more than [`MAX_RULES`].
    #[error("there are at most {MAX_RULES} rules")]
    TooMany,
    /// A text of the rule with this number, the first being 1, is longer than [`MAX_TYPED`].
    #[error("a text of rule {0} is longer than {MAX_TYPED} bytes")]
    TooLong(usize),
    /// The delay of the rule with this number, the first being 1, is longer than [`MAX_DELAY_MS`].
    #[error("the delay of rule {0} is longer than {MAX_DELAY_MS} ms")]
    LongDelay(usize),
}

impl RuleSet {
    /// Creates a set of these rules.
    ///
    /// # Errors
    /// Returns an error if there are too many rules, or if a text in them is too long.
    pub fn new(rules: Vec<Rule>) -> Result<Self, RuleSetError> {
        if rules.len() > MAX_RULES {
            return Err(RuleSetError::TooMany);
        }
        let is_long = |rule: &Rule| {
            [&rule.pattern, &rule.reply].iter().any(|typed| typed.text.len() > MAX_TYPED)
        };
        match rules.iter().position(is_long) {
            Some(index) => Err(RuleSetError::TooLong(index + 1)),
            None => Ok(Self(rules)),
        }
    }

    /// Returns the set as JSON, on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // serde_json fails only for maps whose keys are not strings, and there are no maps.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a set from JSON.
    ///
    /// # Errors
    /// Returns what is wrong, and where, in English.
    pub fn from_json(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    /// Returns the rules, in order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.0
    }
}

/// The form of a set in JSON. An object, so that a later form can have a key of its own.
#[derive(Serialize, Deserialize)]
struct Document {
    rules: Vec<Written>,
}

/// The form of a rule in JSON. What is left out is at its default.
#[derive(Serialize, Deserialize)]
struct Written {
    when: When,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pattern: String,
    #[serde(default = "escapes", skip_serializing_if = "is_escapes")]
    pattern_as: Notation,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reply: String,
    #[serde(default = "escapes", skip_serializing_if = "is_escapes")]
    reply_as: Notation,
    #[serde(default, skip_serializing_if = "is_default")]
    end: LineEnding,
    #[serde(default, skip_serializing_if = "is_default")]
    delay_ms: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    then: Then,
}

impl From<RuleSet> for Document {
    fn from(RuleSet(rules): RuleSet) -> Self {
        Self { rules: rules.into_iter().map(Written::from).collect() }
    }
}

impl TryFrom<Document> for RuleSet {
    type Error = RuleSetError;

    fn try_from(document: Document) -> Result<Self, RuleSetError> {
        let is_long = |written: &Written| written.delay_ms > MAX_DELAY_MS;
        if let Some(index) = document.rules.iter().position(is_long) {
            return Err(RuleSetError::LongDelay(index + 1));
        }
        Self::new(document.rules.into_iter().map(Rule::from).collect())
    }
}

impl From<Rule> for Written {
    fn from(Rule { when, pattern, reply, ending, delay, then }: Rule) -> Self {
        Self {
            when,
            pattern: pattern.text,
            pattern_as: pattern.notation,
            reply: reply.text,
            reply_as: reply.notation,
            end: ending,
            delay_ms: delay.millis().unwrap_or_default(),
            then,
        }
    }
}

impl From<Written> for Rule {
    fn from(written: Written) -> Self {
        Self {
            when: written.when,
            pattern: TypedBytes { text: written.pattern, notation: written.pattern_as },
            reply: TypedBytes { text: written.reply, notation: written.reply_as },
            ending: written.end,
            delay: Delay::from_millis(written.delay_ms),
            then: written.then,
        }
    }
}

fn escapes() -> Notation {
    Notation::Escapes
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_escapes(notation: &Notation) -> bool {
    *notation == Notation::Escapes
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
