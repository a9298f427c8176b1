//! Rules that can be followed.

use super::input::Unanswered;
use super::rule::{Matcher, ParsedRule, Rule, Then};
use super::rule_set::RuleSet;
use super::template::Received;

/// The rules of a [`RuleSet`], parsed. Those with a mistake are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules(Vec<(usize, ParsedRule)>);

/// What a rule that matched has the page do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matched {
    /// The index of the rule in its set.
    pub(super) rule: usize,
    pub(super) delay_ms: u32,
    pub(super) reply: Vec<u8>,
    pub(super) then: Then,
}

impl Rules {
    /// Parses the rules of a set.
    #[must_use]
    pub fn new(set: &RuleSet) -> Self {
        Self::parse(set.rules())
    }

    /// Parses rules.
    pub(super) fn parse<'a>(rules: impl IntoIterator<Item = &'a Rule>) -> Self {
        let rules = rules.into_iter().enumerate();
        Self(rules.filter_map(|(index, rule)| Some((index, rule.parse().ok()?))).collect())
    }

    /// Returns what the first rule for a new connection has the page do.
    pub(super) fn on_connect(&self, peer: &str) -> Option<Matched> {
        let received = Received { peer, ..Received::default() };
        self.first(&received, |matcher| *matcher == Matcher::Connects)
    }

    /// Returns what the first rule that matches the input has the page do.
    pub(super) fn on_input(&self, input: &Unanswered, peer: &str) -> Option<Matched> {
        let received = Received { input: input.bytes(), total: input.total(), peer };
        self.first(&received, |matcher| matcher.matches(input))
    }

    fn first(
        &self,
        received: &Received<'_>,
        matches: impl Fn(&Matcher) -> bool,
    ) -> Option<Matched> {
        let (index, rule) = self.0.iter().find(|(_, rule)| matches(&rule.matcher))?;
        Some(Matched {
            rule: *index,
            delay_ms: rule.delay_ms,
            reply: rule.reply.expand(received),
            then: rule.then,
        })
    }
}

impl Matcher {
    fn matches(&self, input: &Unanswered) -> bool {
        match self {
            Self::Connects => false,
            Self::Contains(pattern) => input.contains(pattern),
            Self::StartsWith(pattern) => input.whole().is_some_and(|it| it.starts_with(pattern)),
            Self::Is(pattern) => input.whole() == Some(&**pattern),
            Self::Anything => true,
        }
    }
}
