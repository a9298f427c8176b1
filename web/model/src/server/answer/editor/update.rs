//! How the list of rules changes.

use std::mem;
use std::rc::Rc;

use super::{EditedRule, MoveRule, RuleId, RulesEditor, RulesEvent, RulesNote};
use crate::dom::DomCommand;
use crate::server::answer::{Delay, MAX_RULES, ReadyMade, Rule, RuleField};

/// The id of the button that adds a rule.
pub const ADD_ID: &str = "rule-add";

impl RulesEditor {
    /// Applies an event, and returns where the focus goes, if it moves. Connections follow
    /// [`answer`](Self::answer) from then on.
    pub fn update(&mut self, event: RulesEvent) -> Option<DomCommand> {
        let note = self.note.take();
        let focus = match event {
            RulesEvent::Added => self.add(),
            RulesEvent::Removed(id) => self.remove(id),
            RulesEvent::Moved(id, to) => self.move_rule(id, to),
            RulesEvent::Toggled(id) => {
                // Nothing has changed that could be taken back.
                self.note = note;
                self.toggle(id);
                return None;
            }
            RulesEvent::ReadyMadeChosen(set) => self.replace(set),
            RulesEvent::Undone => self.undo(),
            RulesEvent::WhenChosen(id, when) => self.edit(id, |rule| rule.when = when),
            RulesEvent::ThenChosen(id, then) => self.edit(id, |rule| rule.then = then),
            RulesEvent::EndingChosen(id, ending) => self.edit(id, |rule| rule.ending = ending),
            RulesEvent::Typed(id, field, text) => self.edit(id, |rule| match field {
                RuleField::Pattern => rule.pattern.text = text,
                RuleField::Reply => rule.reply.text = text,
                RuleField::Delay => rule.delay = Delay(text),
            }),
            RulesEvent::NotationChosen(id, field, notation) => self.edit(id, |rule| match field {
                RuleField::Pattern => rule.pattern.notation = notation,
                RuleField::Reply => rule.reply.notation = notation,
                RuleField::Delay => {}
            }),
        };
        self.parse();
        focus
    }

    fn add(&mut self) -> Option<DomCommand> {
        self.before = None;
        if self.rules.len() == MAX_RULES {
            return None;
        }
        let added = self.edited(Rule::default());
        let id = added.id;
        self.rules.push(added);
        self.unfold(id);
        Some(DomCommand::focus(id.field_id(RuleField::Pattern)))
    }

    /// Removes a rule. The focus goes to the one that takes its place.
    fn remove(&mut self, id: RuleId) -> Option<DomCommand> {
        let index = self.index(id)?;
        self.before = Some(self.rules.clone());
        self.note = Some(RulesNote::Removed(index + 1));
        self.rules.remove(index);
        if self.open == Some(id) {
            self.open = None;
        }
        let next = self.rules.get(index).or(self.rules.last());
        Some(next.map_or_else(
            || DomCommand::focus(ADD_ID),
            |next| DomCommand::focus(next.id.toggle_id()),
        ))
    }

    /// Moves a rule. The focus stays on the button: an element that moves loses it.
    fn move_rule(&mut self, id: RuleId, to: MoveRule) -> Option<DomCommand> {
        let index = self.index(id)?;
        let other = match to {
            MoveRule::Up => index.checked_sub(1)?,
            MoveRule::Down => Some(index + 1).filter(|it| *it < self.rules.len())?,
        };
        self.before = None;
        self.rules.swap(index, other);
        self.note = Some(RulesNote::Moved(other + 1));
        Some(DomCommand::focus(id.move_id(to)))
    }

    fn toggle(&mut self, id: RuleId) {
        if self.open == Some(id) {
            self.fold();
        } else {
            self.unfold(id);
        }
    }

    fn unfold(&mut self, id: RuleId) {
        self.fold();
        self.open = Some(id);
    }

    /// Folds the rule that is unfolded. What is missing in it is a mistake from then on.
    fn fold(&mut self) {
        let folded = self.open.take();
        if let Some(it) = self.rules.iter_mut().find(|it| Some(it.id) == folded) {
            it.is_rejected = true;
        }
    }

    fn replace(&mut self, set: ReadyMade) -> Option<DomCommand> {
        self.before = Some(mem::take(&mut self.rules));
        self.note = Some(RulesNote::Replaced);
        self.fill(&set.rules());
        None
    }

    fn undo(&mut self) -> Option<DomCommand> {
        self.rules = self.before.take()?;
        self.note = Some(RulesNote::Restored);
        Some(DomCommand::focus(ADD_ID))
    }

    fn edit(&mut self, id: RuleId, change: impl FnOnce(&mut Rule)) -> Option<DomCommand> {
        self.before = None;
        let index = self.index(id)?;
        let EditedRule { rule, mistakes, .. } = &mut self.rules[index];
        change(Rc::make_mut(rule));
        *mistakes = rule.mistakes().into();
        None
    }
}
