//! The root: one field, one event and one view for each feature, and what connects them. It is the
//! only module that knows them all.

mod connection_log;
mod draft;
mod event;
mod lab;
mod lesson;
mod link;
mod packets;
mod runs;
mod sending;
mod server;
#[cfg(test)]
mod tests;
mod update;
mod view;

use std::rc::Rc;

use echo_core::wire::{ECHO_TARGET, EchoServer, LAB_PREFIX};

use crate::bridge::{Bridge, BridgePoll, BridgeStart};
use crate::command::{Command, CopiedText};
use crate::composer::Composer;
use crate::connection_log::ConnectionLog;
use crate::expectations::Expectations;
use crate::expected_reply::ExpectedReplyKind;
use crate::field::Field;
use crate::inspector::Inspector;
use crate::inspector::record::ConnectionRecord;
use crate::lab::Lab;
use crate::lang::Lang;
use crate::lesson::Lesson;
use crate::link::OpenedLink;
use crate::menu::Menus;
use crate::modes::{Mode, Modes};
use crate::packets::Packets;
use crate::role::Role;
use crate::runs::Runs;
use crate::server::Server;
use crate::setup::DEFAULT_MESSAGE;
use crate::terminal_command::Reader;
use crate::text::TextState;
use crate::verdict::VerdictCache;
pub use event::Event;
pub use view::RoleView;

/// The state of the page.
#[derive(Debug)]
pub struct Model {
    /// The language of the page.
    pub lang: Lang,
    /// Where the page was loaded from, as in `http://localhost:8080`.
    pub origin: String,
    /// When the page's clock was at zero, in milliseconds since 1970 (UTC).
    pub clock_began: f64,
    /// What is known of the bridge.
    pub bridge: Bridge,
    /// The message, and the bytes of the expected reply.
    pub composer: Composer,
    /// Which reply is expected of which target.
    pub(crate) expectations: Expectations,
    /// The field that kept Send from sending, until something is typed.
    pub invalid_field: Option<Field>,
    /// The chosen mode, and the latest result of each.
    pub modes: Modes,
    /// The lab.
    pub lab: Lab,
    /// The views of what happened.
    pub inspector: Inspector,
    /// Whether the packets of the next connection are to be captured.
    pub captures: bool,
    /// The packets.
    pub packets: Packets,
    /// Whether the verdict tells why it is as it is.
    pub is_why_open: bool,
    /// Whether the certificates of a TLS connection are shown.
    pub is_certificate_open: bool,
    /// The text that was copied last, until the button shows its usual text again.
    pub copied: Option<Rc<CopiedText>>,
    /// How bytes are looked at as text.
    pub text: TextState,
    /// The finished runs.
    pub runs: Runs,
    /// The page as a server.
    pub server: Server,
    /// The link that was opened last.
    pub opened_link: OpenedLink,
    /// The menus.
    pub menus: Menus,
    /// The lesson.
    pub lesson: Lesson,
    /// The connections to the bridge's own echo server.
    pub connection_log: ConnectionLog,
    /// The target, once the user typed one; until then it is the echo server.
    typed_target: Option<String>,
    /// The address of the echo server, as the bridge reported it last.
    echo_address: String,
    bridge_poll: BridgePoll,
    /// How the bridge was started, as it reported that last.
    bridge_start: BridgeStart,
    verdict_cache: VerdictCache,
}

impl Model {
    /// Creates the page as it is first seen, and returns what the platform has to do at once.
    #[must_use]
    pub fn new(lang: Lang, origin: String) -> (Self, Vec<Command<Event>>) {
        let mut model = Self {
            lang,
            origin,
            clock_began: 0.0,
            bridge: Bridge::Unknown,
            composer: Composer::new(DEFAULT_MESSAGE),
            expectations: Expectations::default(),
            invalid_field: None,
            modes: Modes::default(),
            lab: Lab::default(),
            inspector: Inspector::default(),
            captures: false,
            packets: Packets::default(),
            is_why_open: false,
            is_certificate_open: false,
            copied: None,
            text: TextState::default(),
            runs: Runs::default(),
            server: Server::default(),
            opened_link: OpenedLink::default(),
            menus: Menus::default(),
            lesson: Lesson::default(),
            connection_log: ConnectionLog::default(),
            typed_target: None,
            echo_address: String::new(),
            bridge_poll: BridgePoll::default(),
            bridge_start: BridgeStart::default(),
            verdict_cache: VerdictCache::default(),
        };
        model.bridge_poll.request();
        let ask = model.poll_bridge().into_iter().collect();
        (model, ask)
    }

    /// Returns what To holds.
    #[must_use]
    pub fn target(&self) -> &str {
        self.typed_target.as_deref().unwrap_or(&self.echo_address)
    }

    /// Returns who reads the page.
    pub(crate) fn reader(&self) -> Reader<'_> {
        let is_own = self.bridge.echo_server() == Some(EchoServer::Own);
        let own_echo = is_own.then_some(self.echo_address.as_str());
        let BridgeStart { program, flags } = &self.bridge_start;
        Reader { origin: &self.origin, program, flags, own_echo }
    }

    /// Returns how many bytes Send would send.
    #[must_use]
    pub fn message_len(&self) -> usize {
        self.composer.byte_count()
    }

    /// Returns whose the echo server is, while To names it.
    #[must_use]
    pub fn target_echo_server(&self) -> Option<EchoServer> {
        let named = self.bridge.named(self.target().trim())?;
        let is_echo = self.bridge.echo().is_some_and(|echo| echo.name == named.name);
        is_echo.then(|| self.bridge.echo_server()).flatten()
    }

    /// Returns whether a run or a load test is in progress.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.modes.is_running()
    }

    /// Returns the connection that the views show.
    #[must_use]
    pub fn record(&self) -> Option<ConnectionRecord<'_>> {
        shown_record(&self.runs, &self.server, &self.modes)
    }

    /// Returns the views, and the connection that they show.
    fn inspection(&mut self) -> (&mut Inspector, Option<ConnectionRecord<'_>>) {
        let Self { inspector, modes, runs, server, .. } = self;
        (inspector, shown_record(runs, server, modes))
    }

    /// Returns a value that changes when a connection brings something that is to be seen at once: a
    /// line, a tick, an end. Bytes, thousands of times a second perhaps, may be drawn together.
    #[must_use]
    pub fn progress(&self) -> Option<(u64, Option<f64>, bool)> {
        let modes = &self.modes;
        if self.is_server() {
            return self.server.part().map(|server| (server.progress(), None, false));
        }
        match modes.mode {
            Mode::Once => {
                modes.run.as_ref().map(|run| (run.log.notes(), run.waited_ms, run.is_running()))
            }
            Mode::Interactive => modes
                .interactive
                .as_ref()
                .map(|it| (it.conversation.log.notes(), None, it.is_open())),
            Mode::Load => modes.load.as_ref().map(|load| (0, None, load.is_running())),
        }
    }

    /// Returns the expected reply: a choice that only [`Mode::Once`] has.
    #[must_use]
    pub fn expected_kind(&self) -> ExpectedReplyKind {
        match self.modes.mode {
            Mode::Once if !self.is_server() => self.expected_of_target(),
            Mode::Once | Mode::Interactive | Mode::Load => ExpectedReplyKind::Same,
        }
    }

    /// Returns the reply that is expected of the target in [`Mode::Once`].
    #[must_use]
    pub fn expected_of_target(&self) -> ExpectedReplyKind {
        self.expectations.of(self.target_key(), self.default_expectation())
    }

    /// Returns whether bytes are expected that the user types.
    #[must_use]
    pub fn expects_bytes(&self) -> bool {
        self.expected_kind() == ExpectedReplyKind::Bytes
    }

    /// Remembers the reply that the user expects of the target.
    fn expect(&mut self, kind: ExpectedReplyKind) -> Command<Event> {
        let (key, default) = (self.target_key().to_owned(), self.default_expectation());
        self.expectations.choose(&key, default, kind)
    }

    /// Returns what is expected of a target as long as nobody chose otherwise: of an echo server,
    /// and of one of the lab, the message.
    fn default_expectation(&self) -> ExpectedReplyKind {
        if self.has_default_target() || self.target().trim_start().starts_with(LAB_PREFIX) {
            ExpectedReplyKind::Same
        } else {
            ExpectedReplyKind::Anything
        }
    }

    /// Returns the name under which a choice for the target is remembered.
    fn target_key(&self) -> &str {
        if self.has_default_target() { ECHO_TARGET } else { self.target().trim() }
    }

    /// Applies an event, and returns what the platform has to do.
    pub fn update(&mut self, event: Event) -> Vec<Command<Event>> {
        update::update(self, event)
    }
}

/// Returns the connection that the views show: that of the earlier run that is shown, or else the
/// selected one of a server, or a client's latest one.
fn shown_record<'a>(
    runs: &'a Runs,
    server: &'a Server,
    modes: &'a Modes,
) -> Option<ConnectionRecord<'a>> {
    let Some(it) = runs.restored() else {
        return match server.role {
            Role::Server => server.record(),
            Role::Client => ConnectionRecord::latest(modes),
        };
    };
    let record = ConnectionRecord::restored(
        it.id,
        it.role,
        it.mode,
        &it.log,
        &it.trace,
        &it.target,
        it.peer.as_ref(),
    );
    Some(match &it.expected {
        Some((expected, kind)) => record.comparing(expected, *kind),
        None => record,
    })
}
