//! What the composer shows.

use std::rc::Rc;

use echo_core::payload::{LineEnding, Notation};

use super::*;
use crate::composer::{
    ComposerNote, ExpectedHint, ExpectedView, FileError, MessageHint, MessageView, TargetHint,
};
use crate::expected_reply::ExpectedReplyKind;
use crate::lab::LabEvent;
use crate::menu::{Menu, MenuEvent};
use crate::modes::controls::ButtonsView;
use crate::modes::load::settings::{AmountUnit, LoadSetting};

fn message(page: &Page) -> MessageView {
    page.model.message_view()
}

fn compose(page: &mut Page, event: ComposerEvent) {
    page.on(Event::Composer(event));
}

#[test]
fn typing_a_message_changes_nothing_else_that_the_composer_shows() {
    let mut page = Page::with_bridge();
    page.on(Event::Menu(MenuEvent::Toggled(Menu::Help)));
    page.type_message("Hello");
    let views = |page: &Page| {
        let model = &page.model;
        let composer = (model.target_view(), model.switch_view(), model.buttons_view());
        (composer, model.message_view().settings.choices, model.help_view(), model.link_view())
    };
    let before = views(&page);
    page.type_message("Hello, you");
    assert_eq!(views(&page), before);
}

#[test]
fn a_long_message_is_shared_and_not_copied() {
    let mut page = Page::with_bridge();
    page.type_message(&"ä\n".repeat(20_000));
    let view = message(&page);
    assert!(Rc::ptr_eq(view.field.text.as_rc(), page.model.composer.message().text()));
    assert_eq!((view.field.row_count, view.settings.byte_count), (8, Some(60_000)));
    let preview = view.preview.unwrap();
    assert!(Rc::ptr_eq(&preview, page.model.composer.message().preview().unwrap()));
}

#[test]
fn a_field_has_a_row_for_each_of_the_first_eight_lines() {
    let mut page = Page::with_bridge();
    for (text, rows) in [("", 1), ("a", 1), ("a\n", 2), ("a\nb\nc", 3), ("\n\n\n\n\n\n\n\n\n", 8)] {
        page.type_message(text);
        assert_eq!(message(&page).field.row_count, rows, "{text:?}");
    }
}

#[test]
fn an_empty_message_is_rejected_until_something_is_typed() {
    let mut page = Page::with_bridge();
    page.type_message("");
    assert_eq!(message(&page).hint, MessageHint::None);
    page.press_send();
    let view = message(&page);
    assert_eq!((view.hint, view.field.is_rejected), (MessageHint::Empty, true));
    page.type_message("a");
    let view = message(&page);
    assert_eq!((view.hint, view.field.is_rejected), (MessageHint::None, false));
}

#[test]
fn a_mistake_is_told_before_send_is_pressed_but_rejects_nothing_yet() {
    let mut page = Page::with_bridge();
    compose(&mut page, ComposerEvent::NotationChosen(Notation::Hex));
    page.type_message("4");
    let view = message(&page);
    assert!(matches!(view.hint, MessageHint::Mistake(_)));
    assert_eq!((view.settings.byte_count, view.field.is_rejected), (None, false));
    page.press_send();
    assert!(message(&page).field.is_rejected);
}

#[test]
fn the_last_change_is_told_where_it_failed() {
    let mut page = Page::with_bridge();
    let (name, bytes) = ("big".to_owned(), Err(FileError::Unreadable));
    compose(&mut page, ComposerEvent::FileRead { name: name.clone(), bytes });
    let note = ComposerNote::NoFile { name, why: FileError::Unreadable };
    assert_eq!(message(&page).hint, MessageHint::Note(note));
}

#[test]
fn other_bytes_can_be_expected_only_in_the_mode_once() {
    let mut page = Page::with_bridge();
    compose(&mut page, ComposerEvent::EndingChosen(LineEnding::Lf));
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Bytes));
    compose(&mut page, ComposerEvent::ExpectedTyped("ok".into()));
    let choices = message(&page).settings.choices;
    assert_eq!(
        (choices.expected_kind(), choices.ending),
        (ExpectedReplyKind::Bytes, LineEnding::Lf)
    );
    let Some(ExpectedView::Bytes { hint, .. }) = choices.expected else { panic!("no field") };
    assert_eq!(hint, ExpectedHint::ByteCount(3));
    page.choose(Mode::Load);
    let choices = message(&page).settings.choices;
    assert_eq!((choices.expected_kind(), choices.expected), (ExpectedReplyKind::Same, None));
}

#[test]
fn expected_bytes_that_are_missing_are_told_in_their_field() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Bytes));
    page.press_send();
    let settings = message(&page).settings;
    assert!(!settings.is_open, "it is not behind the fold");
    let Some(ExpectedView::Bytes { field, hint }) = settings.choices.expected else {
        panic!("no field")
    };
    assert_eq!((field.is_rejected, hint), (true, ExpectedHint::Empty));
}

#[test]
fn under_to_stands_whose_the_echo_server_is_or_what_is_wrong() {
    let mut page = Page::with_bridge();
    let hint = |page: &Page| page.model.target_view().hint;
    assert_eq!(hint(&page), TargetHint::Echo(EchoServer::Own));
    page.on(Event::ToTyped("localhost:7".into()));
    assert_eq!(hint(&page), TargetHint::None);
    page.on(Event::ToTyped(" ".into()));
    page.press_send();
    assert_eq!(hint(&page), TargetHint::Empty);
    page.on(Event::ToTyped("lab/truncate:3".into()));
    assert_eq!(hint(&page), TargetHint::Lab);
    page.on(Event::Lab(LabEvent::EchoChosen));
    assert_eq!(hint(&page), TargetHint::Echo(EchoServer::Own));
}

#[test]
fn targets_with_a_name_stand_beside_the_echo_server_and_say_what_they_stand_for() {
    let mut page = Page::with_bridge();
    assert_eq!(page.model.target_view().names, "");
    let mut info = info();
    for (name, address) in [("db", "unix:/run/pg.sock"), ("vnc", "lab:5900")] {
        info.targets.push(NamedTarget { name: name.into(), address: address.into() });
    }
    page.on_bridge_info(Ok(info));
    let view = page.model.target_view();
    assert_eq!((&*view.names, &*view.address), (" db vnc", ""));
    page.on(Event::ToTyped("db".into()));
    let view = page.model.target_view();
    assert_eq!((&*view.text, &*view.address), ("db", "unix:/run/pg.sock"));
    assert_eq!(view.hint, TargetHint::None);
    assert_eq!(page.model.expected_of_target(), ExpectedReplyKind::Anything);
    // Send goes to the same with white space around it.
    page.on(Event::ToTyped(" db ".into()));
    assert_eq!(&*page.model.target_view().address, "unix:/run/pg.sock");
}

#[test]
fn what_a_connection_fixes_is_locked_while_it_is_open() {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    let (can_send, is_full) = (true, false);
    let buttons = |can_connect| ButtonsView::Interactive { can_send, can_connect, is_full };
    assert_eq!(page.model.buttons_view(), buttons(true));
    page.on(Event::ConnectPressed { at: now(page.at) });
    assert_eq!(page.model.buttons_view(), buttons(false));
    assert!(page.model.target_view().is_locked && page.model.switch_view().is_locked);
    page.on(Event::Modes(ModesEvent::DisconnectPressed { at: now(page.at) }));
    assert!(!page.model.target_view().is_locked && !page.model.switch_view().is_locked);
}

#[test]
fn send_does_nothing_while_a_run_is_under_way() {
    let mut page = Page::connected("Hello!");
    assert_eq!(page.model.buttons_view(), ButtonsView::Once { can_send: false });
    page.press_stop();
    assert_eq!(page.model.buttons_view(), ButtonsView::Once { can_send: true });
}

#[test]
fn a_load_test_keeps_its_settings_until_it_ends() {
    let mut page = Page::with_bridge();
    assert_eq!(page.model.switch_view().load, None);
    page.choose(Mode::Load);
    let amount = LoadSetting::Amount(AmountUnit::Exchanges);
    page.on(Event::Modes(ModesEvent::Typed(amount, "0".into())));
    page.press_send();
    let load = page.model.switch_view().load.unwrap();
    assert_eq!((load.rejected, load.is_locked, &*load.amount), (Some(amount), false, "0"));
    page.on(Event::Modes(ModesEvent::Typed(amount, "5".into())));
    page.press_send();
    let load = page.model.switch_view().load.unwrap();
    assert_eq!((load.rejected, load.is_locked), (None, true));
    assert_eq!(page.model.buttons_view(), ButtonsView::Load { is_running: true });
}
