//! Links: one is opened, one is copied.

use echo_core::payload;
use echo_core::wire::ECHO_TARGET;

use super::update::declare_language;
use super::{Event, Model};
use crate::command::{Command, map_all};
use crate::dom::DomCommand;
use crate::expected_reply::ExpectedReply;
use crate::expected_reply::ExpectedReplyKind;
use crate::field::{Field, FieldError};
use crate::link::{Link, LinkEvent, OpenedLink};
use crate::role::Role;
use crate::server::answer::editor::ADD_ID;
use crate::setup::{MAX_MESSAGE, Setup, TooLong};

impl Model {
    /// Returns what the page is set up to send.
    #[must_use]
    pub fn setup(&self) -> Setup {
        Setup {
            to: (!self.has_default_target()).then(|| self.target().trim().to_owned()),
            message: self.composer.message().text().to_string(),
            attachment: self.composer.attachment().cloned(),
            notation: self.composer.notation(),
            ending: self.composer.ending(),
            mode: self.modes.mode,
            expected: match self.expected_of_target() {
                ExpectedReplyKind::Same => ExpectedReply::Same,
                ExpectedReplyKind::Bytes => {
                    let (notation, text) = (self.composer.notation(), self.composer.expected());
                    let bytes = payload::parse_lines(notation, text.text(), self.composer.ending());
                    ExpectedReply::Bytes(bytes.unwrap_or_default())
                }
                ExpectedReplyKind::Anything => ExpectedReply::Anything,
            },
            server: (self.server.role == Role::Server).then(|| self.server.setup()),
        }
    }

    /// Returns whether To names the echo server, or nothing.
    pub(crate) fn has_default_target(&self) -> bool {
        let typed = self.target().trim();
        typed.is_empty() || typed == self.echo_address || typed == ECHO_TARGET
    }

    /// Sets the page up. While an interactive connection is open, target and mode stay as they are.
    pub(super) fn set_up(&mut self, setup: Setup) {
        let (expected_kind, bytes) = match setup.expected {
            ExpectedReply::Same => (ExpectedReplyKind::Same, vec![]),
            ExpectedReply::Bytes(bytes) => (ExpectedReplyKind::Bytes, bytes),
            ExpectedReply::Anything => (ExpectedReplyKind::Anything, vec![]),
        };
        self.composer.fill(setup.notation, setup.ending, &setup.message, &bytes);
        self.composer.attach(setup.attachment);
        self.expectations.set_up(expected_kind);
        self.invalid_field = None;
        if !self.modes.is_locked() {
            self.typed_target = setup.to;
            self.modes.mode = setup.mode;
        }
        self.set_up_server(setup.server);
    }

    /// Returns what does not fit into a link, if something does not.
    pub(super) fn too_long_for_link(&self) -> Option<TooLong> {
        if self.composer.attachment().is_some() {
            return Some(TooLong::Attachment);
        }
        // A long message is not copied only to be found too long.
        let is_long = self.composer.message().text().len() > MAX_MESSAGE;
        if is_long { Some(TooLong::Message) } else { self.setup().too_long() }
    }

    /// Returns whether something does not fit into a link.
    #[must_use]
    pub fn is_too_long_for_link(&self) -> bool {
        self.too_long_for_link().is_some()
    }

    /// Returns the URL that sets another page up as this one is, or `None` if something is too long
    /// for a link.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        self.as_link().map(|link| self.address(&link.print()))
    }

    fn address(&self, fragment: &str) -> String {
        format!("{}/#{fragment}", self.origin)
    }

    fn as_link(&self) -> Option<Link> {
        self.too_long_for_link().is_none().then(|| Link {
            setup: Some(self.setup().as_link()),
            view: self.inspector.tab,
            lesson: self.lesson.number(),
            lang: Some(self.lang),
            presents: self.menus.is_presenting,
        })
    }

    pub(super) fn on_link(&mut self, event: LinkEvent) -> Vec<Command<Event>> {
        match event {
            LinkEvent::Opened(fragment) => self.open(&fragment),
            LinkEvent::CopyPressed => self.copy_link(),
        }
    }

    fn open(&mut self, fragment: &str) -> Vec<Command<Event>> {
        let (link, invalid) = Link::parse(fragment);
        let is_set = link.setup.is_some();
        if let Some(setup) = link.setup.clone() {
            // Only a draft of this tab tells that the page listened.
            self.set_up(setup.as_link());
        }
        self.inspector.tab = link.view;
        let other = link.lang.filter(|&lang| lang != self.lang);
        self.lang = link.lang.unwrap_or(self.lang);
        let mut commands = self.on_lesson_link(link.lesson, is_set);
        commands.extend(other.map(declare_language));
        if link.presents != self.menus.is_presenting {
            commands.extend(map_all(self.menus.present(link.presents), Event::Menu));
        }
        self.opened_link = OpenedLink { invalid, address_bar: link };
        commands
    }

    /// Updates the address bar to the step of the lesson, to the chosen view and to the presentation
    /// mode.
    pub(super) fn follow_in_address_bar(&mut self) -> Option<Command<Event>> {
        let (lesson, view) = (self.lesson.number(), self.inspector.tab);
        self.opened_link.follow(lesson, view, self.menus.is_presenting).map(Command::Dom)
    }

    /// Copies the link, and shows it in the address bar, so that the user can see what was copied.
    fn copy_link(&mut self) -> Vec<Command<Event>> {
        let Some(link) = self.as_link() else {
            let field = match self.too_long_for_link() {
                Some(TooLong::Expected) => Field::ExpectedReply,
                Some(TooLong::Target) => Field::To,
                Some(TooLong::Rules) => return vec![Command::Dom(DomCommand::focus(ADD_ID))],
                Some(TooLong::Message | TooLong::Attachment) | None => Field::Message,
            };
            let error = FieldError { field, selection: None };
            return vec![Command::Dom(error.focus())];
        };
        let fragment = link.print();
        let address = self.address(&fragment);
        self.opened_link.address_bar = link;
        let show = DomCommand::SetFragment { fragment, is_new_entry: false };
        let mut commands = vec![Command::Dom(show)];
        commands.extend(self.copy(address));
        commands
    }
}
