//! A rule, as it is typed.

use std::ops::Range;

use echo_core::payload::{self, LineEnding};
use serde::{Deserialize, Serialize};

use super::template::Template;
use super::typed::{MAX_TYPED, RuleMistakeKind, TypedBytes};

/// The longest delay before a reply, in milliseconds.
pub const MAX_DELAY_MS: u32 = 60_000;

/// A rule, as it is typed: what it answers, with what, and what follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// When the rule matches.
    pub when: When,
    /// The pattern, which counts if [`When::has_pattern`] says so.
    pub pattern: TypedBytes,
    /// The reply, with [placeholders](super::Placeholder). It may stand for no byte.
    pub reply: TypedBytes,
    /// How the lines of the reply end.
    pub ending: LineEnding,
    /// How long the reply is waited with.
    pub delay: Delay,
    /// What follows the reply.
    pub then: Then,
}

/// When a rule matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Somebody connects.
    Connects,
    /// The pattern is somewhere in the input.
    #[default]
    Contains,
    /// The input begins with the pattern.
    StartsWith,
    /// The input is the pattern.
    Is,
    /// Any byte was received.
    Anything,
}

/// What follows the reply of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The connection stays open.
    #[default]
    KeepOpen,
    /// FIN.
    Fin,
    /// RST.
    Reset,
}

/// How long a reply is waited with, as it is typed: a number of milliseconds up to
/// [`MAX_DELAY_MS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delay(pub String);

/// A field of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleField {
    /// The pattern.
    Pattern,
    /// The reply.
    Reply,
    /// The delay.
    Delay,
}

/// What is wrong in a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMistake {
    /// The field.
    pub field: RuleField,
    /// What is wrong.
    pub kind: RuleMistakeKind,
    /// Where in the field, in bytes of its text; `None` for all of it.
    pub range: Option<Range<usize>>,
}

impl When {
    /// Every condition.
    pub const ALL: [Self; 5] =
        [Self::Contains, Self::StartsWith, Self::Is, Self::Anything, Self::Connects];

    /// Returns whether the condition has a pattern.
    #[must_use]
    pub const fn has_pattern(self) -> bool {
        match self {
            Self::Contains | Self::StartsWith | Self::Is => true,
            Self::Connects | Self::Anything => false,
        }
    }
}

impl Then {
    /// Everything that can follow.
    pub const ALL: [Self; 3] = [Self::KeepOpen, Self::Fin, Self::Reset];
}

impl Default for Delay {
    fn default() -> Self {
        Self::from_millis(0)
    }
}

impl Delay {
    /// Creates a delay of so many milliseconds.
    #[must_use]
    pub fn from_millis(millis: u32) -> Self {
        Self(millis.to_string())
    }

    /// Returns it in milliseconds, or `None` if what was typed is no delay.
    #[must_use]
    pub fn millis(&self) -> Option<u32> {
        let digits = self.0.trim();
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|&millis| is_number && millis <= MAX_DELAY_MS)
    }
}

/// A rule whose texts were parsed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ParsedRule {
    pub(super) matcher: Matcher,
    pub(super) reply: Template,
    pub(super) delay_ms: u32,
    pub(super) then: Then,
}

/// When a rule matches, with its pattern, which has at least one byte.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Matcher {
    Connects,
    Contains(Vec<u8>),
    StartsWith(Vec<u8>),
    Is(Vec<u8>),
    Anything,
}

impl Rule {
    /// Returns what is typed in a field.
    #[must_use]
    pub fn text(&self, field: RuleField) -> &str {
        match field {
            RuleField::Pattern => &self.pattern.text,
            RuleField::Reply => &self.reply.text,
            RuleField::Delay => &self.delay.0,
        }
    }

    /// Returns what is wrong in the rule: at most one mistake for each field, in the order in which
    /// they are shown. A rule with a mistake matches nothing.
    #[must_use]
    pub fn mistakes(&self) -> Vec<RuleMistake> {
        let matcher = self.matcher().err();
        let reply = self.template().err();
        let delay = self.delay_ms().err();
        matcher.into_iter().chain(reply).chain(delay).collect()
    }

    /// Returns the rule with its texts parsed.
    pub(super) fn parse(&self) -> Result<ParsedRule, RuleMistake> {
        Ok(ParsedRule {
            matcher: self.matcher()?,
            reply: self.template()?,
            delay_ms: self.delay_ms()?,
            then: self.then,
        })
    }

    fn matcher(&self) -> Result<Matcher, RuleMistake> {
        match self.when {
            When::Connects => Ok(Matcher::Connects),
            When::Anything => Ok(Matcher::Anything),
            When::Contains => self.pattern_bytes().map(Matcher::Contains),
            When::StartsWith => self.pattern_bytes().map(Matcher::StartsWith),
            When::Is => self.pattern_bytes().map(Matcher::Is),
        }
    }

    fn pattern_bytes(&self) -> Result<Vec<u8>, RuleMistake> {
        let mistake = |kind, range| RuleMistake { field: RuleField::Pattern, kind, range };
        let TypedBytes { text, notation } = &self.pattern;
        if text.len() > MAX_TYPED {
            return Err(mistake(RuleMistakeKind::TooLong, None));
        }
        match payload::parse(*notation, text) {
            Ok(bytes) if bytes.is_empty() => Err(mistake(RuleMistakeKind::Empty, None)),
            Ok(bytes) => Ok(bytes),
            Err(error) => {
                let range = Some(error.range.clone());
                Err(mistake(RuleMistakeKind::Notation(error), range))
            }
        }
    }

    fn template(&self) -> Result<Template, RuleMistake> {
        let mistake = |(kind, range)| RuleMistake { field: RuleField::Reply, kind, range };
        if self.reply.text.len() > MAX_TYPED {
            return Err(mistake((RuleMistakeKind::TooLong, None)));
        }
        Template::parse(&self.reply, self.ending).map_err(mistake)
    }

    fn delay_ms(&self) -> Result<u32, RuleMistake> {
        let (field, kind) = (RuleField::Delay, RuleMistakeKind::NoDelay);
        self.delay.millis().ok_or(RuleMistake { field, kind, range: None })
    }
}
