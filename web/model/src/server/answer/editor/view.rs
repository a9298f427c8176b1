//! What is shown of the rules.

use std::rc::Rc;

use super::{RuleId, RulesEditor, RulesNote};
use crate::server::answer::{MAX_RULES, Rule, RuleField, RuleMistake, RuleMistakeKind};

/// The list of rules.
#[derive(Clone, Debug, PartialEq)]
pub struct RulesView {
    /// The rules, in order.
    pub rules: Vec<RuleView>,
    /// Whether there is room for another one.
    pub has_room: bool,
    /// What is told of the last change.
    pub note: Option<RulesNote>,
    /// Whether the last change can be taken back.
    pub can_undo: bool,
}

/// A rule in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleView {
    /// Tells it from the others.
    pub id: RuleId,
    /// Its number, the first being 1.
    pub number: usize,
    /// Whether it is the last one.
    pub is_last: bool,
    /// Whether it is unfolded.
    pub is_open: bool,
    /// The rule.
    pub rule: Rc<Rule>,
    /// How often it matched.
    pub matches: u32,
    /// What is wrong in it, as far as that is told.
    pub mistakes: Rc<[RuleMistake]>,
}

impl RulesEditor {
    /// Returns what is shown of the rules.
    #[must_use]
    pub fn view(&self) -> RulesView {
        let count = self.rules.len();
        let rules = self.rules.iter().enumerate().map(|(index, it)| RuleView {
            id: it.id,
            number: index + 1,
            is_last: index + 1 == count,
            is_open: self.open == Some(it.id),
            rule: Rc::clone(&it.rule),
            matches: it.matches,
            mistakes: if it.is_rejected { Rc::clone(&it.mistakes) } else { typed(&it.mistakes) },
        });
        RulesView {
            rules: rules.collect(),
            has_room: count < MAX_RULES,
            note: self.note,
            can_undo: self.before.is_some(),
        }
    }
}

/// Returns the mistakes in what was typed: what is still missing is none yet.
fn typed(mistakes: &Rc<[RuleMistake]>) -> Rc<[RuleMistake]> {
    let is_missing = |mistake: &RuleMistake| mistake.kind == RuleMistakeKind::Empty;
    if mistakes.iter().any(is_missing) {
        mistakes.iter().filter(|mistake| !is_missing(mistake)).cloned().collect()
    } else {
        Rc::clone(mistakes)
    }
}

impl RuleView {
    /// Returns what is wrong in a field.
    #[must_use]
    pub fn mistake(&self, field: RuleField) -> Option<&RuleMistake> {
        self.mistakes.iter().find(|mistake| mistake.field == field)
    }
}
