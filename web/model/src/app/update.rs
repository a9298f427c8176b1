//! What each event does.

use std::rc::Rc;

use echo_core::wire::{INFO_PATH, INVITATION_PATH};

use super::{Event, Model};
use crate::bridge::{Bridge, BridgeEvent, BridgeStart};
use crate::command::{Command, CopiedText, Response, StorageKey, Timer, map_all};
use crate::dom::{DomCommand, MAIN_ID};
use crate::inspector::{InspectorEvent, TimelineExport};
use crate::lang::Lang;
use crate::menu::{Menu, MenuEvent};
use crate::server::ServerEvent;

/// How long a Copy button says that it has copied, in milliseconds.
pub(super) const COPIED_MS: u32 = 2_000;

/// Applies an event, and then what follows from the new state.
pub(super) fn update(model: &mut Model, event: Event) -> Vec<Command<Event>> {
    let was_running = model.is_running();
    let mut commands = model.apply(event);
    if was_running != model.is_running() {
        commands.push(show_verdict());
    }
    model.end_lab_run();
    let (inspector, record) = model.inspection();
    inspector.sync(record.as_ref());
    model.sync_text();
    commands.extend(model.update_packets());
    commands.extend(model.check_lesson());
    commands.extend(model.poll_bridge());
    commands.extend(model.poll_connection_log());
    commands.extend(model.follow_in_address_bar());
    commands.extend(model.record_finished_run());
    commands.extend(model.load_runs());
    commands.extend(model.load_server());
    commands
}

impl Model {
    fn apply(&mut self, event: Event) -> Vec<Command<Event>> {
        match event {
            Event::ToTyped(text) => {
                self.set_target(Some(text));
                vec![]
            }
            Event::ExpectedReplyChosen(kind) => {
                self.invalid_field = None;
                vec![self.expect(kind)]
            }
            Event::ExpectationsLoaded(stored) => {
                self.expectations.load(stored);
                vec![]
            }
            Event::Composer(event) => {
                self.invalid_field = None;
                self.composer.update(event).map(Command::Dom).into_iter().collect()
            }
            Event::SendPressed { at } if self.is_server() => self.send_as_server(at),
            Event::SendPressed { at } => self.send(at),
            Event::ConnectPressed { at } => self.connect(at),
            Event::StopPressed { at } => self.stop(at),
            Event::ConnectUnverifiedPressed { at } => self.connect_unverified(at),
            Event::CertificateToggled => {
                self.is_certificate_open = !self.is_certificate_open;
                vec![]
            }
            Event::SkipPressed => vec![Command::Dom(DomCommand::focus(MAIN_ID))],
            Event::WhyToggled => {
                self.is_why_open = !self.is_why_open;
                vec![]
            }
            Event::LanguageChosen(lang) => self.choose_language(lang),
            Event::CopyPressed(text) => self.copy(text),
            Event::CopyEnded(copied) => self.on_copied(copied),
            Event::CopyFeedbackEnded(_) => {
                self.copied = None;
                vec![]
            }
            Event::Bridge(event) => self.on_bridge(event),
            Event::Modes(event) => {
                let reaction = self.modes.update(event);
                self.commands_of(reaction)
            }
            Event::Lab(event) => self.on_lab(event),
            Event::CaptureSwitched(on) => {
                self.captures = on;
                vec![]
            }
            Event::Inspector(event) => self.on_inspector(event),
            Event::Text(event) => {
                self.text.update(event).map(|it| it.map(Event::Text)).into_iter().collect()
            }
            Event::Runs(event) => self.on_runs(event),
            Event::RunsLoaded(result) => self.on_runs_loaded(result),
            Event::RunsRetryPressed => {
                self.runs.retry();
                vec![]
            }
            Event::RoleChosen(role) => {
                self.server.role = role;
                vec![]
            }
            Event::Server(event) => self.on_server(event),
            Event::ServerLoaded(result) => self.on_server_loaded(result),
            Event::ServerRetryPressed => {
                self.server.retry();
                vec![]
            }
            Event::Link(event) => self.on_link(event),
            Event::Menu(event) => {
                if event == MenuEvent::Toggled(Menu::Lab) {
                    self.fill_in_card();
                }
                let commands = map_all(self.menus.update(event), Event::Menu);
                if self.menus.is_open(Menu::Help) {
                    self.bridge_poll.request();
                }
                commands
            }
            Event::Lesson(event) => self.on_lesson(event),
            Event::ConnectionLog(event) => self.on_connection_log(event),
            Event::Packets(event) => self.on_packets(event),
            Event::PacketsLoaded(result) => self.on_packets_loaded(result),
            Event::PacketsRetryPressed => {
                self.packets.retry();
                vec![]
            }
            Event::DraftFound(draft) => {
                self.restore_draft(&draft);
                vec![]
            }
            Event::PageHidden => vec![self.store_draft()],
            Event::DrawDue => vec![],
        }
    }

    fn choose_language(&mut self, lang: Lang) -> Vec<Command<Event>> {
        self.lang = lang;
        let stored = Command::store(StorageKey::Language, Some(lang.tag().into()));
        vec![stored, declare_language(lang)]
    }

    /// Copies a text. The result of the last copy of the Timeline is not shown any more.
    pub(super) fn copy(&mut self, text: String) -> Vec<Command<Event>> {
        self.inspector.export = TimelineExport::None;
        let copied = text.clone();
        let reply =
            Box::new(move |is_copied| Event::CopyEnded(CopiedText { text: copied, is_copied }));
        vec![Command::Copy { text, reply }]
    }

    fn on_copied(&mut self, copied: CopiedText) -> Vec<Command<Event>> {
        self.copied = Some(Rc::new(copied));
        let elapsed = Box::new(Event::CopyFeedbackEnded);
        vec![Command::SetTimer { timer: Timer::CopyFeedback, delay_ms: COPIED_MS, elapsed }]
    }

    pub(super) fn on_inspector(&mut self, event: InspectorEvent) -> Vec<Command<Event>> {
        match event {
            InspectorEvent::TimelineCopied(copied) => return self.on_copied(copied),
            InspectorEvent::CopyAllPressed | InspectorEvent::CopyRowPressed => self.copied = None,
            _ => {}
        }
        let (inspector, record) = self.inspection();
        map_all(inspector.update(record.as_ref(), event), Event::Inspector)
    }

    /// Asks the bridge for its description, or waits, as [`BridgePoll`](crate::bridge::BridgePoll)
    /// says. The token comes along only while the menu is open that shows it.
    pub(super) fn poll_bridge(&mut self) -> Option<Command<Event>> {
        let path = if self.menus.is_open(Menu::Help) { INVITATION_PATH } else { INFO_PATH };
        self.bridge_poll.next_command(path).map(|command| command.map(Event::Bridge))
    }

    fn on_bridge(&mut self, event: BridgeEvent) -> Vec<Command<Event>> {
        match event {
            BridgeEvent::Answered(response) if self.bridge_poll.on_answer() => {
                self.on_bridge_answer(response)
            }
            BridgeEvent::Answered(_) => vec![],
            BridgeEvent::PollDue(elapsed) => {
                self.bridge_poll.on_due(elapsed);
                vec![]
            }
        }
    }

    fn on_bridge_answer(&mut self, response: Response) -> Vec<Command<Event>> {
        let at = response.at;
        let (bridge, warning) = Bridge::read(response);
        self.bridge = bridge;
        if let Some(echo) = self.bridge.echo() {
            self.echo_address.clone_from(&echo.address);
        }
        if let Some(info) = self.bridge.info() {
            self.bridge_start = BridgeStart::of(info);
        }
        if let Some(echo) = self.bridge.echo_server() {
            self.lesson.on_echo_server(echo);
        }
        let reaction = self.modes.on_bridge(at, &self.bridge);
        let mut commands = self.commands_of(reaction);
        commands.extend(self.on_server(ServerEvent::BridgeAnswered { at }));
        commands.extend(warning.map(Command::Warn));
        commands
    }
}

/// Scrolls to the verdict of a run that begins or ends, where the page is too small for it.
pub(super) fn show_verdict() -> Command<Event> {
    Command::Dom(DomCommand::ScrollIntoView(vec!["#verdict", "#verdict .headline"]))
}

/// Says in the document which language the page is in.
pub(super) fn declare_language(lang: Lang) -> Command<Event> {
    Command::Dom(DomCommand::SetRootAttribute("lang", lang.tag()))
}
