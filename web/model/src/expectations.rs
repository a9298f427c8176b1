//! Which reply is expected of which target.
//!
//! An echo server should return the message, and any other server something else: what is expected
//! follows To, unless the user chose otherwise for that target, or a link, a step of the lesson or an
//! earlier run set the page up with something else.

use crate::command::{Command, StorageKey};
use crate::expected_reply::ExpectedReplyKind;

/// The most targets whose choice is remembered. Of more, the ones chosen last are.
pub const MAX_TARGETS: usize = 50;
/// The longest target whose choice is remembered, in bytes: a DNS name and a port are shorter.
const MAX_TARGET_BYTES: usize = 300;
/// What is stored: not [`ExpectedReplyKind::Bytes`], since the bytes are not stored either.
const STORED: [ExpectedReplyKind; 2] = [ExpectedReplyKind::Same, ExpectedReplyKind::Anything];

/// Which reply is expected of which target.
#[derive(Debug, Default)]
pub struct Expectations {
    /// What the user chose for targets, in place of their defaults; the latest choice stands last.
    chosen: Vec<(String, ExpectedReplyKind)>,
    /// What the page was set up with, until the target or the choice changes.
    set_up: Option<ExpectedReplyKind>,
}

impl Expectations {
    /// Returns what is expected of a target whose default is `default`.
    #[must_use]
    pub fn of(&self, target: &str, default: ExpectedReplyKind) -> ExpectedReplyKind {
        let chosen = || self.chosen.iter().find(|(known, _)| known == target);
        self.set_up.or_else(|| chosen().map(|(_, kind)| *kind)).unwrap_or(default)
    }

    /// Sets what is expected, whatever the target is, until that changes.
    pub fn set_up(&mut self, kind: ExpectedReplyKind) {
        self.set_up = Some(kind);
    }

    /// Lets the target say again what is expected, because there is another one.
    pub fn follow_target(&mut self) {
        self.set_up = None;
    }

    /// Remembers the user's choice for a target whose default is `default`. Returns the command that
    /// stores it.
    pub fn choose<E: 'static>(
        &mut self,
        target: &str,
        default: ExpectedReplyKind,
        kind: ExpectedReplyKind,
    ) -> Command<E> {
        self.set_up = None;
        self.chosen.retain(|(known, _)| known != target);
        if target.len() > MAX_TARGET_BYTES || target.contains('\n') {
            self.set_up = Some(kind);
        } else if kind != default {
            self.chosen.push((target.to_owned(), kind));
            self.chosen.drain(..self.chosen.len().saturating_sub(MAX_TARGETS));
        }
        let text = self.write();
        Command::store(StorageKey::Expectations, (!text.is_empty()).then_some(text))
    }

    /// Takes what was stored on an earlier visit. Lines that cannot be parsed are passed over.
    pub fn load(&mut self, stored: &str) {
        let choice = |line: &str| {
            let (name, target) = line.split_once(' ')?;
            let kind = STORED.into_iter().find(|kind| kind.name() == name)?;
            (target.len() <= MAX_TARGET_BYTES).then(|| (target.to_owned(), kind))
        };
        self.chosen = stored.lines().filter_map(choice).take(MAX_TARGETS).collect();
    }

    /// Returns the form in which the choices are stored: a line for each target, as in
    /// `anything localhost:6379`.
    fn write(&self) -> String {
        let mut text = String::new();
        for (target, kind) in self.chosen.iter().filter(|(_, kind)| STORED.contains(kind)) {
            text = text + kind.name() + " " + target + "\n";
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ExpectedReplyKind::{Anything, Bytes, Same};

    fn choose(expectations: &mut Expectations, target: &str, kind: ExpectedReplyKind) {
        let _: Command<()> = expectations.choose(target, Anything, kind);
    }

    #[test]
    fn a_choice_is_remembered_for_its_target_alone_and_across_visits() {
        let mut expectations = Expectations::default();
        assert_eq!(expectations.of("a:1", Anything), Anything);
        choose(&mut expectations, "a:1", Same);
        choose(&mut expectations, "b c:2", Same);
        assert_eq!(expectations.of("a:1", Anything), Same);
        assert_eq!(expectations.of("a:2", Anything), Anything);
        let stored = expectations.write();
        assert_eq!(stored, "same a:1\nsame b c:2\n");
        let mut next = Expectations::default();
        next.load(&stored);
        assert_eq!(next.of("b c:2", Anything), Same);
    }

    #[test]
    fn a_choice_of_the_default_is_forgotten() {
        let mut expectations = Expectations::default();
        choose(&mut expectations, "a:1", Same);
        choose(&mut expectations, "a:1", Anything);
        assert_eq!(expectations.write(), "");
    }

    #[test]
    fn these_bytes_are_remembered_for_this_visit_since_the_bytes_are_not_stored() {
        let mut expectations = Expectations::default();
        choose(&mut expectations, "a:1", Bytes);
        assert_eq!((expectations.of("a:1", Anything), &*expectations.write()), (Bytes, ""));
    }

    #[test]
    fn a_set_up_holds_until_the_target_or_the_choice_changes_and_is_not_remembered() {
        let mut expectations = Expectations::default();
        choose(&mut expectations, "a:1", Same);
        expectations.set_up(Bytes);
        assert_eq!(expectations.of("a:1", Anything), Bytes);
        expectations.follow_target();
        assert_eq!(expectations.of("a:1", Anything), Same);
        expectations.set_up(Bytes);
        choose(&mut expectations, "a:1", Same);
        assert_eq!(expectations.of("a:1", Anything), Same);
    }

    #[test]
    fn what_is_remembered_is_bounded_and_the_latest_choices_are_kept() {
        let mut expectations = Expectations::default();
        for port in 0..2 * MAX_TARGETS {
            choose(&mut expectations, &format!("a:{port}"), Same);
        }
        assert_eq!(expectations.chosen.len(), MAX_TARGETS);
        assert_eq!(expectations.of("a:0", Anything), Anything);
        assert_eq!(expectations.of(&format!("a:{}", 2 * MAX_TARGETS - 1), Anything), Same);
        let long = "a".repeat(MAX_TARGET_BYTES + 1);
        choose(&mut expectations, &long, Same);
        assert_eq!(expectations.of(&long, Anything), Same);
        assert!(!expectations.write().contains(&long));
    }

    #[test]
    fn what_is_stored_and_not_understood_is_passed_over() {
        let mut expectations = Expectations::default();
        expectations.load("same a:1\n\nnothing b:2\nsame\n\u{0}anything c:3\nanything d:4");
        assert_eq!(expectations.write(), "same a:1\nanything d:4\n");
    }
}
