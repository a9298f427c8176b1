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

/// Which reply is expected of which target.
#[derive(Debug, Default)]
pub struct Expectations {
    /// What the user chose for targets, in place of their defaults, as it is stored: a line for each
    /// target, as in `same localhost:7`. The latest choice stands last.
    chosen: String,
    /// What the page was set up with, until the target or the choice changes.
    set_up: Option<ExpectedReplyKind>,
}

impl Expectations {
    /// Returns what is expected of a target whose default is `default`.
    #[must_use]
    pub fn of(&self, target: &str, default: ExpectedReplyKind) -> ExpectedReplyKind {
        let chosen = || self.chosen.lines().find_map(|line| kind_of(line, target));
        self.set_up.or_else(chosen).unwrap_or(default)
    }

    /// Sets what is expected, whatever the target is, until that changes.
    pub fn set_up(&mut self, kind: ExpectedReplyKind) {
        self.set_up = Some(kind);
    }

    /// Lets the target say again what is expected, because there is another one.
    pub fn follow_target(&mut self) {
        self.set_up = None;
    }

    /// Applies the user's choice for a target whose default is `default`, and remembers it; other
    /// bytes than the message only until the target changes, since they are not stored. Returns the
    /// command that stores it.
    pub fn choose<E: 'static>(
        &mut self,
        target: &str,
        default: ExpectedReplyKind,
        kind: ExpectedReplyKind,
    ) -> Command<E> {
        self.set_up = Some(kind);
        let others = || self.chosen.lines().filter(|line| kind_of(line, target).is_none());
        let surplus = (others().count() + 1).saturating_sub(MAX_TARGETS);
        let mut chosen = String::new();
        for line in others().skip(surplus) {
            chosen = chosen + line + "\n";
        }
        // A line of its own is for one target: a link could bring another one along.
        let has_a_line = target.len() <= MAX_TARGET_BYTES && !target.contains('\n');
        if kind != default && kind != ExpectedReplyKind::Bytes && has_a_line {
            chosen = chosen + kind.name() + " " + target + "\n";
        }
        self.chosen = chosen;
        let value = (!self.chosen.is_empty()).then(|| self.chosen.clone());
        Command::store(StorageKey::Expectations, value)
    }

    /// Takes what was stored on an earlier visit. Lines that are no choices are without effect.
    pub fn load(&mut self, stored: String) {
        self.chosen = stored;
    }
}

/// Returns what a line says of a target, if it says something of that.
fn kind_of(line: &str, target: &str) -> Option<ExpectedReplyKind> {
    let (name, of) = line.split_once(' ')?;
    (of == target).then(|| ExpectedReplyKind::from_name(name))
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
        expectations.follow_target();
        assert_eq!(expectations.of("a:1", Anything), Same);
        assert_eq!(expectations.of("a:2", Anything), Anything);
        assert_eq!(expectations.chosen, "same a:1\nsame b c:2\n");
        let mut next = Expectations::default();
        next.load(expectations.chosen);
        assert_eq!(next.of("b c:2", Anything), Same);
    }

    #[test]
    fn a_choice_of_the_default_is_forgotten() {
        let mut expectations = Expectations::default();
        choose(&mut expectations, "a:1", Same);
        choose(&mut expectations, "a:1", Anything);
        assert_eq!(expectations.chosen, "");
    }

    #[test]
    fn these_bytes_are_expected_until_the_target_changes_since_the_bytes_are_not_stored() {
        let mut expectations = Expectations::default();
        choose(&mut expectations, "a:1", Bytes);
        assert_eq!((expectations.of("a:1", Anything), &*expectations.chosen), (Bytes, ""));
        expectations.follow_target();
        assert_eq!(expectations.of("a:1", Anything), Anything);
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
    fn a_target_brings_no_line_for_another_one_along() {
        let mut expectations = Expectations::default();
        choose(&mut expectations, "a:1\nsame b:2", Same);
        assert_eq!(expectations.chosen, "");
    }

    #[test]
    fn what_is_remembered_is_bounded_and_the_latest_choices_are_kept() {
        let mut expectations = Expectations::default();
        for port in 0..2 * MAX_TARGETS {
            choose(&mut expectations, &format!("a:{port}"), Same);
        }
        assert_eq!(expectations.chosen.lines().count(), MAX_TARGETS);
        let long = "a".repeat(MAX_TARGET_BYTES + 1);
        choose(&mut expectations, &long, Same);
        assert_eq!(expectations.of(&long, Anything), Same);
        assert!(!expectations.chosen.contains(&long));
        expectations.follow_target();
        assert_eq!(expectations.of("a:0", Anything), Anything);
        assert_eq!(expectations.of(&format!("a:{}", 2 * MAX_TARGETS - 1), Anything), Same);
    }

    #[test]
    fn what_is_stored_and_not_understood_has_no_effect() {
        let mut expectations = Expectations::default();
        expectations.load("same a:1\n\nsame\n\u{0}anything c:3\nanything d:4".into());
        assert_eq!(expectations.of("a:1", Anything), Same);
        assert_eq!(expectations.of("d:4", Same), Anything);
        assert_eq!(expectations.of("same", Anything), Anything);
    }
}
