//! Tests of the list of rules.

use super::super::tests::{PEER, open, rule, sent};
use super::super::{Action, Input, MAX_RULES, MAX_TYPED, Responder, RuleMistakeKind, Then, When};
use super::*;

fn editor(replies: &[&str]) -> RulesEditor {
    let rules = replies.iter().map(|reply| rule(When::Contains, reply, reply));
    RulesEditor::new(&RuleSet::new(rules.collect()).unwrap())
}

fn replies(editor: &RulesEditor) -> Vec<String> {
    editor.view().rules.iter().map(|it| it.rule.reply.text.clone()).collect()
}

fn id(editor: &RulesEditor, number: usize) -> RuleId {
    editor.view().rules[number - 1].id
}

fn focused(command: Option<DomCommand>) -> String {
    match command {
        Some(DomCommand::Focus(focus)) => focus.id.into_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_begins_with_rules_that_do_something() {
    let mut responder = Responder::new(&RulesEditor::default().answer(), PEER);
    assert_eq!(responder.handle(Input::Room(100)), []);
    assert!(!sent(&responder.handle(Input::Established)).is_empty());
}

#[test]
fn a_rule_is_added_unfolded_and_edited_in_place() {
    let mut editor = editor(&["a"]);
    let focus = focused(editor.update(RulesEvent::Added));
    let added = id(&editor, 2);
    assert_eq!(focus, added.field_id(RuleField::Pattern));
    assert!(editor.view().rules[1].is_open);
    for event in [
        RulesEvent::WhenChosen(added, When::Is),
        RulesEvent::Typed(added, RuleField::Pattern, "b".into()),
        RulesEvent::Typed(added, RuleField::Reply, "B".into()),
        RulesEvent::ThenChosen(added, Then::Fin),
    ] {
        assert_eq!(editor.update(event), None);
    }
    let mut responder = open(&editor.answer());
    let actions = responder.handle(Input::Bytes(b"b"));
    assert_eq!(sent(&actions), b"B");
    assert!(actions.contains(&Action::Matched(1)) && responder.is_over());
}

#[test]
fn no_more_rules_are_added_than_a_set_has() {
    let mut editor = editor(&["x"; MAX_RULES]);
    assert!(!editor.view().has_room);
    assert_eq!(editor.update(RulesEvent::Added), None);
    assert_eq!(editor.view().rules.len(), MAX_RULES);
}

#[test]
fn a_rule_moves_by_one_place_and_keeps_the_focus() {
    let mut editor = editor(&["a", "b", "c"]);
    let b = id(&editor, 2);
    let focus = focused(editor.update(RulesEvent::Moved(b, MoveRule::Up)));
    assert_eq!(focus, b.move_id(MoveRule::Up));
    assert_eq!(replies(&editor), ["b", "a", "c"]);
    assert_eq!(editor.view().note, Some(RulesNote::Moved(1)));
    assert_eq!(editor.update(RulesEvent::Moved(b, MoveRule::Up)), None, "it is the first one");
    assert!(editor.update(RulesEvent::Moved(b, MoveRule::Down)).is_some());
    assert!(editor.update(RulesEvent::Moved(b, MoveRule::Down)).is_some());
    assert_eq!(replies(&editor), ["a", "c", "b"]);
    assert_eq!(editor.update(RulesEvent::Moved(b, MoveRule::Down)), None, "it is the last one");
}

#[test]
fn a_removal_can_be_taken_back_until_something_else_changes() {
    let mut editor = editor(&["a", "b"]);
    let (a, b) = (id(&editor, 1), id(&editor, 2));
    assert_eq!(focused(editor.update(RulesEvent::Removed(a))), b.toggle_id());
    assert_eq!(replies(&editor), ["b"]);
    assert_eq!(editor.view().note, Some(RulesNote::Removed(1)));
    assert!(editor.view().can_undo);
    assert!(editor.update(RulesEvent::Undone).is_some());
    assert_eq!(replies(&editor), ["a", "b"]);
    assert!(!editor.view().can_undo);

    assert_eq!(focused(editor.update(RulesEvent::Removed(b))), a.toggle_id());
    let _ = editor.update(RulesEvent::ThenChosen(a, Then::Fin));
    assert!(!editor.view().can_undo);
    assert!(editor.update(RulesEvent::Removed(a)).is_some());
    assert_eq!(replies(&editor), [""; 0]);
}

#[test]
fn ready_made_rules_can_be_taken_back_too() {
    let mut editor = editor(&["a"]);
    let before = editor.answer();
    assert_eq!(editor.update(RulesEvent::ReadyMadeChosen(ReadyMade::RedisPing)), None);
    assert_eq!(editor.rule_set(), Ok(ReadyMade::RedisPing.rules()));
    assert!(editor.update(RulesEvent::Undone).is_some());
    assert_eq!(editor.answer(), before);
}

#[test]
fn what_is_missing_is_told_once_the_rule_is_folded_and_other_mistakes_at_once() {
    let mut editor = editor(&[]);
    let _ = editor.update(RulesEvent::Added);
    let added = id(&editor, 1);
    assert_eq!(editor.view().rules[0].mistakes.len(), 0);
    let _ = editor.update(RulesEvent::Typed(added, RuleField::Reply, r"\q".into()));
    assert!(editor.view().rules[0].mistake(RuleField::Reply).is_some());
    let _ = editor.update(RulesEvent::Toggled(added));
    let view = editor.view();
    let missing = view.rules[0].mistake(RuleField::Pattern).map(|mistake| &mistake.kind);
    assert_eq!(missing, Some(&RuleMistakeKind::Empty));
    assert!(!view.rules[0].is_open);
}

#[test]
fn a_mistake_keeps_from_listening_and_is_selected() {
    let mut editor = editor(&["a", "b"]);
    assert_eq!(editor.reject(), None);
    let b = id(&editor, 2);
    let _ = editor.update(RulesEvent::Typed(b, RuleField::Reply, r"你\q".into()));
    let Some(DomCommand::Focus(focus)) = editor.reject() else { panic!("no focus") };
    assert_eq!((&*focus.id, focus.selection), (&*b.field_id(RuleField::Reply), Some(1..3)));
    assert!(editor.view().rules[1].is_open);
}

#[test]
fn matches_are_counted_for_the_rule_wherever_it_moves() {
    let mut editor = editor(&["a", "b"]);
    editor.on_matched(1);
    editor.on_matched(1);
    editor.on_matched(7);
    let b = id(&editor, 2);
    let _ = editor.update(RulesEvent::Moved(b, MoveRule::Up));
    let counts: Vec<_> = editor.view().rules.iter().map(|it| it.matches).collect();
    assert_eq!(counts, [2, 0]);
    editor.forget_matches();
    assert_eq!(editor.view().rules[0].matches, 0);
}

#[test]
fn a_text_that_is_too_long_is_a_mistake_and_is_not_kept() {
    let mut editor = editor(&["a"]);
    let a = id(&editor, 1);
    let _ = editor.update(RulesEvent::Typed(a, RuleField::Reply, "x".repeat(MAX_TYPED + 1)));
    assert!(editor.reject().is_some());
    assert_eq!(editor.rule_set(), Err(RuleSetError::TooLong(1)));
}
