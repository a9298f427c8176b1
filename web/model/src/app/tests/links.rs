//! Links in the life of the page, and the menus.

use echo_core::wire::INVITATION_PATH;

use super::*;
use crate::copy::CopyState;
use crate::expected_reply::ExpectedReplyKind;
use crate::field::{Field, FieldError};
use crate::link::{CopyLink, LinkEvent};
use crate::menu::{Menu, MenuEvent, Theme};
use crate::setup::{MAX_MESSAGE, MAX_TARGET, Setup, TooLong};
use crate::topic::Topic;

impl Page {
    fn open(&mut self, fragment: &str) {
        self.on(Event::Link(LinkEvent::Opened(fragment.into())));
    }

    fn menu(&mut self, event: MenuEvent) {
        self.on(Event::Menu(event));
    }
}

#[test]
fn a_link_that_is_opened_fills_the_fields_and_does_nothing_else() {
    let mut page = Page::with_bridge();
    page.open("to=localhost:7&msg=%E4%BD%A0%E5%A5%BD&how=repeat&expect=anything");
    assert_eq!(
        (page.model.target(), &**page.model.composer.message().text()),
        ("localhost:7", "你好")
    );
    assert!(page.commands.is_empty() && page.model.modes.run.is_none());
}

#[test]
fn a_link_changes_the_language_without_remembering_it() {
    let mut page = Page::with_bridge();
    page.open("lang=zh");
    assert_eq!(page.commands, [dom(DomCommand::SetRootAttribute("lang", "zh-Hans"))]);
    page.open("lang=de");
    assert_eq!((page.model.lang, page.model.opened_link.invalid.len()), (Lang::Zh, 1));
}

#[test]
fn what_a_link_said_wrong_is_told_until_send() {
    let mut page = Page::with_bridge();
    page.open("as=base64");
    assert_eq!(page.model.opened_link.invalid.len(), 1);
    page.press_send();
    assert!(page.model.opened_link.invalid.is_empty());
}

#[test]
fn the_echo_server_is_left_out_of_a_link_however_it_was_typed() {
    let mut page = Page::with_bridge();
    for typed in ["localhost:8888", "echo", " "] {
        page.on(Event::ToTyped(typed.into()));
        assert_eq!(page.model.setup(), Setup::default(), "{typed}");
    }
}

#[test]
fn copy_link_copies_the_address_and_shows_it() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped("localhost:7".into()));
    page.on(Event::LanguageChosen(Lang::Zh));
    page.on(Event::Link(LinkEvent::CopyPressed));
    let fragment = "to=localhost:7&expect=anything&lang=zh";
    assert_eq!(
        page.commands,
        [
            dom(DomCommand::SetFragment { fragment: fragment.into(), is_new_entry: false }),
            copy(&format!("http://localhost:8080/#{fragment}")),
        ]
    );
}

#[test]
fn a_message_too_long_for_a_link_has_none() {
    let mut page = Page::with_bridge();
    page.type_message(&"x".repeat(5_000));
    assert_eq!(page.model.link(), None);
    page.on(Event::Link(LinkEvent::CopyPressed));
    assert_eq!(page.commands, [dom(FieldError { field: Field::Message, selection: None }.focus())]);
}

#[test]
fn one_menu_is_open_at_a_time_and_escape_gives_the_focus_back() {
    let mut page = Page::with_bridge();
    page.menu(MenuEvent::Escaped);
    assert!(page.commands.is_empty());
    page.menu(MenuEvent::Toggled(Menu::Help));
    page.menu(MenuEvent::Toggled(Menu::Runs));
    assert_eq!(page.model.menus.open, Some(Menu::Runs));
    page.menu(MenuEvent::Escaped);
    assert_eq!(page.model.menus.open, None);
    assert_eq!(page.commands, [dom(Menu::Runs.focus())]);
}

#[test]
fn a_bare_key_does_nothing_once_they_are_off() {
    let mut page = Page::with_bridge();
    page.menu(MenuEvent::HelpKey);
    assert_eq!(page.model.menus.open, Some(Menu::Help));
    page.menu(MenuEvent::HelpKey);
    assert_eq!(page.model.menus.open, None);
    page.menu(MenuEvent::BareKeysSwitched(false));
    assert_eq!(page.commands, [Command::store(StorageKey::BareKeys, Some("off".into()))]);
    page.menu(MenuEvent::HelpKey);
    assert_eq!(page.model.menus.open, None);
}

#[test]
fn the_presentation_mode_is_left_as_it_was_entered_or_by_escape() {
    let present = |value| dom(DomCommand::SetRootAttribute("data-present", value));
    let mut page = Page::with_bridge();
    page.menu(MenuEvent::Toggled(Menu::Help));
    page.menu(MenuEvent::PresentSwitched(true));
    assert!(page.commands.contains(&present("true")));
    assert_eq!(page.model.menus.open, None);
    page.menu(MenuEvent::Escaped);
    assert!(page.commands.contains(&present("false")));
    page.menu(MenuEvent::PresentKey);
    page.menu(MenuEvent::HelpKey);
    assert_eq!(page.model.menus.open, None, "its panel would be hidden");
    assert!(page.model.menus.is_presenting);
    page.menu(MenuEvent::PresentKey);
    assert!(!page.model.menus.is_presenting);
    page.menu(MenuEvent::BareKeysSwitched(false));
    page.menu(MenuEvent::PresentKey);
    assert!(!page.model.menus.is_presenting);
}

#[test]
fn a_link_may_open_the_presentation_mode_and_the_address_bar_follows_it() {
    let shown = |fragment: &str| {
        dom(DomCommand::SetFragment { fragment: fragment.into(), is_new_entry: false })
    };
    let mut page = Page::with_bridge();
    page.open("msg=hi&present=1");
    assert!(page.model.menus.is_presenting);
    assert_eq!(page.model.link().unwrap(), "http://localhost:8080/#msg=hi&present=1");
    page.menu(MenuEvent::PresentKey);
    assert!(page.commands.contains(&shown("msg=hi")));
    page.menu(MenuEvent::PresentKey);
    assert!(page.commands.contains(&shown("msg=hi&present=1")));
    page.open("msg=ho");
    assert!(!page.model.menus.is_presenting);
}

#[test]
fn escape_closes_an_explanation_before_the_menu_beside_it() {
    let mut page = Page::with_bridge();
    page.menu(MenuEvent::Toggled(Menu::Lab));
    page.menu(MenuEvent::TopicToggled(Topic::Lab));
    assert_eq!(page.model.menus.open, Some(Menu::Lab));
    page.menu(MenuEvent::Escaped);
    assert_eq!(page.commands, [dom(DomCommand::focus(Topic::Lab.button_id()))]);
    assert_eq!((page.model.menus.topic, page.model.menus.open), (None, Some(Menu::Lab)));
    page.menu(MenuEvent::TopicToggled(Topic::Lab));
    page.menu(MenuEvent::TopicToggled(Topic::Lab));
    assert_eq!(page.model.menus.topic, None);
}

#[test]
fn what_explains_terms_has_an_id_of_its_own() {
    let ids: std::collections::HashSet<_> = Topic::ALL.map(Topic::button_id).into();
    assert_eq!(ids.len(), Topic::ALL.len());
}

#[test]
fn a_theme_is_known_by_its_name_and_any_other_name_is_the_systems() {
    assert!(Theme::ALL.iter().all(|&theme| Theme::from_name(theme.name()) == theme));
    assert_eq!(Theme::from_name("sepia"), Theme::System);
}

#[test]
fn the_menu_shows_what_the_bridge_tells_while_it_is_open() {
    let mut page = Page::new();
    page.menu(MenuEvent::ThemeChosen(Theme::Dark));
    assert_eq!(page.model.help_view(), None);
    page.menu(MenuEvent::Toggled(Menu::Help));
    let help = page.model.help_view().unwrap();
    assert_eq!((help.theme, help.has_bare_keys, help.bridge), (Theme::Dark, true, None));
    // The answer that was under way when the menu was opened lacks what only the menu shows.
    page.on_bridge_info(Ok(info()));
    page.on_bridge_info(Ok(info()));
    let bridge = page.model.help_view().unwrap().bridge.unwrap();
    assert_eq!((&*bridge.echo_address, bridge.echo_server), ("localhost:8888", EchoServer::Own));
}

#[test]
fn the_token_is_asked_for_at_once_and_only_while_the_menu_that_shows_it_is_open() {
    let invitation = fetch_info(INVITATION_PATH).map(Event::Bridge);
    let mut page = Page::with_bridge();
    page.menu(MenuEvent::Toggled(Menu::Help));
    assert_eq!(page.commands, [invitation]);
    page.menu(MenuEvent::Toggled(Menu::Help));
    page.on_bridge_info(Ok(Info { token: "7k3m".into(), ..info() }));
    page.poll_bridge(true);
    assert_eq!(page.commands, [fetch()]);
}

#[test]
fn a_message_that_is_too_long_for_a_link_is_told() {
    let mut page = Page::with_bridge();
    page.type_message(&"a".repeat(MAX_MESSAGE));
    assert_eq!(page.model.link_view().copy, CopyLink::Ready(CopyState::Idle));
    page.type_message(&"a".repeat(MAX_MESSAGE + 1));
    assert_eq!(page.model.link_view().copy, CopyLink::TooLong(TooLong::Message));
}

#[test]
fn what_else_does_not_fit_into_a_link_is_named_and_gets_the_focus() {
    let mut page = Page::with_bridge();
    let is_told = |page: &mut Page, what, id: &'static str| {
        assert_eq!(page.model.link_view().copy, CopyLink::TooLong(what));
        page.on(Event::Link(LinkEvent::CopyPressed));
        assert_eq!(page.commands, [dom(DomCommand::focus(id))]);
    };
    page.on(Event::ToTyped("a".repeat(MAX_TARGET + 1)));
    is_told(&mut page, TooLong::Target, "to");
    page.on(Event::ToTyped("a:7".into()));
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Bytes));
    page.on(Event::Composer(ComposerEvent::ExpectedTyped("a".repeat(MAX_MESSAGE))));
    is_told(&mut page, TooLong::Expected, "these");
    page.attach("a file", b"abc");
    is_told(&mut page, TooLong::Attachment, "message");
}

#[test]
fn the_button_tells_that_the_link_was_copied_until_it_is_another_link() {
    let mut page = Page::with_bridge();
    page.type_message("a");
    let text = page.model.link().unwrap();
    page.on(Event::CopyEnded(CopiedText { text, is_copied: true }));
    assert_eq!(page.model.link_view().copy, CopyLink::Ready(CopyState::Copied));
    page.type_message("b");
    assert_eq!(page.model.link_view().copy, CopyLink::Ready(CopyState::Idle));
}
