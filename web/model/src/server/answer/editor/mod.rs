//! The list of rules, as the user edits it.

mod event;
#[cfg(test)]
mod tests;
mod update;
mod view;

use std::rc::Rc;

pub use event::{MoveRule, RulesEvent};
pub use update::ADD_ID;
pub use view::{RuleView, RulesView};

use super::{Answer, ReadyMade, Rule, RuleField, RuleMistake, RuleSet, RuleSetError, Rules};
use crate::dom::{DomCommand, Focus};
use crate::field::utf16_range;

/// Tells a rule from the others, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RuleId(u32);

/// What is told of the last change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulesNote {
    /// A rule has this number now, the first being 1.
    Moved(usize),
    /// The rule with this number was removed.
    Removed(usize),
    /// Other rules took the place of those that were there.
    Replaced,
    /// The rules are again as they were before that.
    Restored,
    /// The rules that were kept, or that a link has, cannot be read.
    Unreadable,
}

/// The rules, each as it is typed, with how often it matched.
#[derive(Debug)]
pub struct RulesEditor {
    rules: Vec<EditedRule>,
    /// The rule that is unfolded.
    open: Option<RuleId>,
    next_id: u32,
    note: Option<RulesNote>,
    /// The rules before the last removal or replacement, until another change.
    before: Option<Vec<EditedRule>>,
    /// The rules that connections follow.
    parsed: Rc<Rules>,
    /// The rules as JSON, unless they are those that it begins with.
    json: Option<Rc<str>>,
}

#[derive(Clone, Debug)]
struct EditedRule {
    id: RuleId,
    rule: Rc<Rule>,
    mistakes: Rc<[RuleMistake]>,
    /// Whether the rule kept the page from listening, or was folded, so that its empty pattern is
    /// told as a mistake.
    is_rejected: bool,
    matches: u32,
}

impl Default for RulesEditor {
    /// Begins with rules that do something at once.
    fn default() -> Self {
        Self::new(&ReadyMade::Greeting.rules())
    }
}

impl RulesEditor {
    /// Begins with these rules.
    #[must_use]
    pub fn new(set: &RuleSet) -> Self {
        let mut editor = Self {
            rules: vec![],
            open: None,
            next_id: 0,
            note: None,
            before: None,
            parsed: Rc::default(),
            json: None,
        };
        editor.fill(set);
        editor
    }

    /// Puts these rules in the place of those that are there.
    pub fn fill(&mut self, set: &RuleSet) {
        let rules = set.rules().iter().cloned();
        self.rules = rules.map(|rule| self.edited(rule)).collect();
        self.open = None;
        self.parse();
    }

    /// Puts the rules that were kept in the place of those that are there, or those that it begins
    /// with for `None`. If they cannot be read, it tells that.
    pub fn fill_from_json(&mut self, json: Option<&str>) {
        self.before = None;
        let set = json.map_or_else(|| Ok(ReadyMade::Greeting.rules()), RuleSet::from_json);
        self.note = set.is_err().then_some(RulesNote::Unreadable);
        self.fill(&set.unwrap_or_else(|_| ReadyMade::Greeting.rules()));
    }

    /// Returns the rules as JSON, or `None` if they are those that it begins with. A text that is
    /// too long keeps them from being kept.
    #[must_use]
    pub fn json(&self) -> Option<Rc<str>> {
        self.json.clone()
    }

    /// Returns the rules as they are typed, to be kept.
    ///
    /// # Errors
    /// Returns an error if a text in them is too long.
    pub fn rule_set(&self) -> Result<RuleSet, RuleSetError> {
        RuleSet::new(self.rules.iter().map(|it| Rule::clone(&it.rule)).collect())
    }

    /// Returns what connections are answered by. A rule with a mistake in it matches nothing.
    #[must_use]
    pub fn answer(&self) -> Answer {
        Answer::Rules(Rc::clone(&self.parsed))
    }

    /// Notes that the rule with this index matched, the index being that of
    /// [`Action::Matched`](super::Action::Matched).
    pub fn on_matched(&mut self, index: usize) {
        if let Some(it) = self.rules.get_mut(index) {
            it.matches = it.matches.saturating_add(1);
        }
    }

    /// Forgets how often the rules matched, as when the page listens again.
    pub fn forget_matches(&mut self) {
        for it in &mut self.rules {
            it.matches = 0;
        }
    }

    /// Unfolds the first rule with a mistake, and puts the focus there: what keeps the page from
    /// listening. Returns `None` if there is no mistake.
    pub fn reject(&mut self) -> Option<DomCommand> {
        let it = self.rules.iter_mut().find(|it| !it.mistakes.is_empty())?;
        it.is_rejected = true;
        self.open = Some(it.id);
        let mistake = &it.mistakes[0];
        let text = it.rule.text(mistake.field);
        let selection = mistake.range.as_ref().map(|range| utf16_range(text, range));
        let id = it.id.field_id(mistake.field).into();
        Some(DomCommand::Focus(Focus { id, selection, scrolls: true }))
    }

    /// Creates the state of a rule.
    fn edited(&mut self, rule: Rule) -> EditedRule {
        let id = RuleId(self.next_id);
        self.next_id += 1;
        let mistakes = rule.mistakes().into();
        EditedRule { id, rule: rule.into(), mistakes, is_rejected: false, matches: 0 }
    }

    fn index(&self, id: RuleId) -> Option<usize> {
        self.rules.iter().position(|it| it.id == id)
    }

    /// Has connections follow the rules as they are now.
    fn parse(&mut self) {
        let parsed = Rules::parse(self.rules.iter().map(|it| &*it.rule));
        if *self.parsed != parsed {
            self.parsed = parsed.into();
        }
        let set = self.rule_set().ok().filter(|set| *set != ReadyMade::Greeting.rules());
        self.json = set.map(|set| set.to_json().into());
    }
}

impl RuleId {
    /// Returns the id of the element for a field of the rule.
    #[must_use]
    pub fn field_id(self, field: RuleField) -> String {
        let name = match field {
            RuleField::Pattern => "pattern",
            RuleField::Reply => "reply",
            RuleField::Delay => "delay",
        };
        format!("rule-{}-{name}", self.0)
    }

    /// Returns the id of the button that unfolds the rule.
    #[must_use]
    pub fn toggle_id(self) -> String {
        format!("rule-{}", self.0)
    }

    /// Returns the id of the button that moves the rule.
    #[must_use]
    pub fn move_id(self, to: MoveRule) -> String {
        let name = match to {
            MoveRule::Up => "up",
            MoveRule::Down => "down",
        };
        format!("rule-{}-{name}", self.0)
    }

    /// Returns a number that no other rule has.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }
}
