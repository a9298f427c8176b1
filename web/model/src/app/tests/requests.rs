//! Saved requests, and what is typed across a reload.

use echo_core::payload::{LineEnding, Notation};

use super::*;
use crate::composer::HistoryStep::{Newer, Older};
use crate::composer::MAX_TEXT;
use crate::link::LinkEvent;
use crate::runs::document::Document;
use crate::runs::request::{MAX_REQUESTS, Request, RequestError};
use crate::runs::requests::{FormError, RequestsEvent};
use crate::runs::requests_view::RequestsView;
use crate::runs::{RunsEvent, file};
use crate::setup::{Setup, TooLong};

impl Page {
    fn on_requests(&mut self, event: RequestsEvent) {
        self.on(Event::Runs(RunsEvent::Requests(event)));
    }

    /// Saves what is typed under this name.
    fn save(&mut self, name: &str) {
        self.on_requests(RequestsEvent::SavePressed);
        self.on_requests(RequestsEvent::NameTyped(name.into()));
        self.on_requests(RequestsEvent::Submitted);
    }

    fn requests_view(&self) -> RequestsView {
        self.model.runs_view().expect("there are requests").requests
    }

    fn names(&self) -> Vec<String> {
        self.requests_view().names.into_iter().map(|(name, _)| name).collect()
    }

    fn stored_names(&self) -> Vec<String> {
        let document = file::read(self.store.as_deref().unwrap()).unwrap();
        document.requests.iter().map(|it| it.name().to_owned()).collect()
    }
}

#[test]
fn a_saved_request_sets_everything_up_and_sends_nothing() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped("localhost:6379".into()));
    page.type_message("PING");
    page.on(Event::Composer(ComposerEvent::EndingChosen(LineEnding::CrLf)));
    page.choose(Mode::Interactive);
    let saved = page.model.setup();
    page.save("Redis PING");
    page.on(Event::ToTyped("localhost:7".into()));
    page.on(Event::Composer(ComposerEvent::NotationChosen(Notation::Hex)));
    page.choose(Mode::Once);
    page.on_requests(RequestsEvent::Opened("Redis PING".into()));
    assert_eq!((page.model.setup(), &page.commands[..]), (saved, &[][..]));
    assert!(page.model.modes.interactive.is_none());
    assert_eq!(page.requests_view().names, [("Redis PING".into(), true)]);
}

#[test]
fn a_request_is_stored_and_comes_back_after_a_reload() {
    let mut page = Page::with_bridge();
    page.save("Hello");
    let mut reloaded = Page::with_bridge();
    reloaded.store = page.store.take();
    reloaded.on(Event::Runs(RunsEvent::StoreFound));
    assert_eq!(reloaded.names(), ["Hello"]);
}

#[test]
fn whatever_can_be_saved_can_be_read_again() {
    for (message, is_saved) in
        [("\u{1b}[31mred\n".to_owned(), true), ("\u{1b}".repeat(2_000), false)]
    {
        let mut page = Page::with_bridge();
        page.type_message(&message);
        page.save("pasted");
        assert_eq!(page.store.is_some(), is_saved, "{}", message.len());
        if is_saved {
            let document = file::read(page.store.as_deref().unwrap()).unwrap();
            assert_eq!(document, page.model.runs.part().unwrap().state().document());
        }
    }
}

#[test]
fn the_form_suggests_the_message_and_then_the_opened_request() {
    let mut page = Page::with_bridge();
    let suggested = |page: &mut Page| {
        page.on_requests(RequestsEvent::SavePressed);
        page.requests_view().form.expect("the form is open")
    };
    assert_eq!(suggested(&mut page).name, "Hello!");
    page.save("greeting");
    let form = suggested(&mut page);
    assert_eq!((form.name.as_str(), form.replaces), ("greeting", true));
}

#[test]
fn a_request_of_the_same_name_is_replaced_and_the_others_stay_in_their_order() {
    let mut page = Page::with_bridge();
    page.save("one");
    page.save("two");
    page.type_message("changed");
    page.save("one");
    assert_eq!(page.stored_names(), ["one", "two"]);
    page.type_message("");
    page.on_requests(RequestsEvent::Opened("one".into()));
    assert_eq!(&**page.model.composer.message().text(), "changed");
}

#[test]
fn a_request_gets_another_name_in_its_place() {
    let mut page = Page::with_bridge();
    for name in ["one", "two", "three"] {
        page.save(name);
    }
    let rename = |page: &mut Page, from: &str, to: &str| {
        page.on_requests(RequestsEvent::RenamePressed(from.into()));
        page.on_requests(RequestsEvent::NameTyped(to.into()));
        let replaces = page.requests_view().form.unwrap().replaces;
        page.on_requests(RequestsEvent::Submitted);
        assert_eq!(page.names(), page.stored_names());
        (replaces, page.names().join(" "))
    };
    assert_eq!(rename(&mut page, "one", "uno"), (false, "uno two three".into()));
    assert_eq!(rename(&mut page, "uno", "uno"), (false, "uno two three".into()));
    assert_eq!(rename(&mut page, "uno", "three"), (true, "three two".into()));
}

#[test]
fn a_deleted_request_can_be_had_again() {
    let mut page = Page::with_bridge();
    page.save("precious");
    page.on_requests(RequestsEvent::DeletePressed("precious".into()));
    assert_eq!((page.names().len(), &page.store), (0, &None));
    page.on(Event::Runs(RunsEvent::UndoPressed));
    assert_eq!(page.stored_names(), ["precious"]);
}

#[test]
fn what_cannot_be_saved_is_told_and_nothing_is_stored() {
    let mut page = Page::with_bridge();
    let error = |page: &Page| page.requests_view().form.unwrap().error;
    page.save(" ");
    assert_eq!(error(&page), Some(FormError::Invalid(RequestError::NoName)));
    page.on_requests(RequestsEvent::NameTyped("a".into()));
    assert_eq!(error(&page), None);
    page.type_message(&"x".repeat(4_097));
    page.save("long");
    assert_eq!(error(&page), Some(FormError::Invalid(RequestError::TooLong(TooLong::Message))));
    assert_eq!(page.store, None);
    page.type_message("short");
    for number in 0..=MAX_REQUESTS {
        page.save(&number.to_string());
    }
    assert_eq!(error(&page), Some(FormError::Full));
    assert_eq!(page.stored_names().len(), MAX_REQUESTS);
}

#[test]
fn imported_requests_replace_none_of_the_same_name() {
    let mut page = Page::with_bridge();
    page.save("Hello");
    let other = Setup { message: "other".into(), ..Setup::default() };
    let requests = vec![
        Request::new("Hello", Setup::default()).unwrap(),
        Request::new("Hello", other.clone()).unwrap(),
        Request::new("new", Setup::default()).unwrap(),
    ];
    page.on(Event::Runs(RunsEvent::FileRead(Ok(Document { requests, runs: vec![] }))));
    assert_eq!(page.stored_names(), ["Hello", "Hello (2)", "new"]);
    page.on_requests(RequestsEvent::Opened("Hello (2)".into()));
    assert_eq!(page.model.setup(), other);
}

#[test]
fn what_was_saved_while_nothing_could_be_stored_is_stored_after_clear() {
    let mut page = Page::with_bridge();
    page.store = Some("{}".into());
    page.on(Event::Runs(RunsEvent::StoreFound));
    page.save("precious");
    assert_eq!(page.store.as_deref(), Some("{}"));
    page.on(Event::Runs(RunsEvent::ClearPressed));
    assert_eq!(
        (page.names(), page.stored_names()),
        (vec!["precious".into()], vec!["precious".into()])
    );
}

/// What is stored when the page is hidden.
fn draft(page: &mut Page) -> Option<String> {
    page.on(Event::PageHidden);
    let [Command::Store { key: StorageKey::Draft, value, .. }] = &page.commands[..] else {
        panic!("{:?}", page.commands)
    };
    value.clone()
}

#[test]
fn message_target_and_mode_survive_a_reload_and_nothing_is_sent() {
    let mut page = Page::with_bridge();
    assert_eq!(draft(&mut page), None, "the defaults come by themselves");
    page.on(Event::ToTyped("localhost:7".into()));
    page.type_message("two\nlines, 你好");
    page.choose(Mode::Interactive);
    let (typed, stored) = (page.model.setup(), draft(&mut page).unwrap());
    let mut reloaded = Page::new();
    reloaded.on(Event::DraftFound(stored));
    assert_eq!(reloaded.commands, []);
    reloaded.on(Event::Link(LinkEvent::Opened("view=bytes".into())));
    assert_eq!(reloaded.model.setup(), typed);
}

#[test]
fn a_link_that_sets_the_page_up_wins_over_a_draft() {
    let mut page = Page::with_bridge();
    page.type_message("draft");
    let stored = draft(&mut page).unwrap();
    let mut reloaded = Page::new();
    reloaded.on(Event::DraftFound(stored));
    reloaded.on(Event::Link(LinkEvent::Opened("msg=linked".into())));
    assert_eq!(reloaded.model.setup(), Setup { message: "linked".into(), ..Setup::default() });
}

#[test]
fn a_draft_of_any_content_is_survived_and_the_longest_message_is_kept() {
    for stored in ["", "no line feed", "to=%ff&how=twice\n", "\n\n", "\ta\tzz\n", "\ta\n"] {
        Page::new().on(Event::DraftFound(stored.into()));
    }
    let mut page = Page::with_bridge();
    let longest = "x".repeat(MAX_TEXT);
    page.type_message(&longest);
    let stored = draft(&mut page).unwrap();
    let mut reloaded = Page::new();
    reloaded.on(Event::DraftFound(stored));
    assert_eq!(&**reloaded.model.composer.message().text(), longest);
}

#[test]
fn earlier_messages_come_back_while_a_connection_stays_and_not_otherwise() {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    assert!(!page.model.message_view().can_recall);
    for message in ["one", "two"] {
        page.type_message(message);
        page.press_send();
    }
    page.type_message("draft");
    assert!(page.model.message_view().can_recall);
    let mut recall = |step| {
        page.on(Event::Composer(ComposerEvent::Recalled(step)));
        page.model.composer.message().text().to_string()
    };
    assert_eq!([Older, Older, Newer, Newer].map(&mut recall), ["two", "one", "two", "draft"]);
    page.on(Event::Modes(ModesEvent::DisconnectPressed { at: now(9.0) }));
    assert!(page.model.message_view().can_recall, "they are remembered");
    page.choose(Mode::Once);
    assert!(!page.model.message_view().can_recall);
}
