//! How the lesson changes.

use echo_core::wire::EchoServer;

use super::event::{LessonEvent, WorkbenchField};
use super::progress::{Progress, Tick};
use super::step::Step;
use super::{Lesson, TITLE_ID};
use crate::command::{Command, FetchError, StorageKey};
use crate::connection::ConnectionId;
use crate::dom::DomCommand;
use crate::release::{self, PortRelease, ReleaseError};
use crate::setup::Setup;

impl Lesson {
    /// Restores what was stored on an earlier visit; `system` is the one that the browser names.
    pub fn restore(&mut self, stored: Option<&str>, system: super::System) {
        self.progress = Progress::read(stored.unwrap_or_default());
        self.platform = system;
    }

    /// Opens a step. `latest` is the id of the latest connection: only later ones count.
    pub fn open(&mut self, step: Step, latest: ConnectionId) -> Command<LessonEvent> {
        (self.step, self.opened_after, self.newest_connection) = (Some(step), latest, None);
        if step != Step::Server && !self.release.is_under_way() {
            self.release = PortRelease::No;
        }
        self.progress.last = step.number();
        self.store()
    }

    /// Returns the step to open: the one that was open last.
    #[must_use]
    pub fn last_step(&self) -> Step {
        Step::of(self.progress.last).unwrap_or(Step::Server)
    }

    /// Remembers what was typed before the lesson, unless it is the page's or the lesson's own.
    pub fn keep_setup_before(&mut self, setup: &Setup) {
        if self.step.is_none() && !self.is_untouched(setup) {
            self.setup_before = Some(setup.clone());
        }
    }

    /// Returns what was typed before the lesson, and forgets it.
    pub fn take_setup_before(&mut self) -> Option<Setup> {
        self.setup_before.take()
    }

    /// Lets what is set up be the learner's own again.
    pub fn forget_set(&mut self) {
        self.set = None;
    }

    /// Records what a step has set, and has the fields flash that are not as they were.
    pub fn record_setup(&mut self, before: &Setup, after: Setup) -> Option<DomCommand> {
        let changed = [
            (before.server.is_some() != after.server.is_some(), WorkbenchField::Role),
            (before.to != after.to, WorkbenchField::To),
            (before.mode != after.mode, WorkbenchField::Mode),
            (
                before.message != after.message
                    || before.notation != after.notation
                    || before.attachment != after.attachment,
                WorkbenchField::Message,
            ),
            (before.ending != after.ending, WorkbenchField::LineEnding),
        ];
        self.set = Some(after);
        let changed = changed.into_iter().filter(|(is_changed, _)| *is_changed);
        let fields: Vec<_> = changed.map(|(_, field)| field.selector()).collect();
        (!fields.is_empty()).then_some(DomCommand::Flash(fields))
    }

    /// Returns the index of the first server of [`Step::Break`] that was not met yet.
    #[must_use]
    pub fn next_server(&self) -> usize {
        (0..super::BROKEN.len()).find(|&server| !self.progress.has_met(server)).unwrap_or(0)
    }

    /// Chooses the system of the terminal.
    pub fn choose_system(&mut self, system: super::System) -> Command<LessonEvent> {
        self.progress.system = Some(system);
        self.store()
    }

    /// Asks the bridge to release the port of its echo server, unless it was asked already.
    pub fn request_release(&mut self) -> Option<Command<LessonEvent>> {
        if self.release == PortRelease::Asked {
            return None;
        }
        self.release = PortRelease::Asked;
        Some(release::request(Box::new(LessonEvent::ReleaseAnswered)))
    }

    /// Handles the bridge's answer whether it releases the port. If so, the step is done only when
    /// the learner's own server has answered a later connection than `latest`. Returns whether it
    /// did.
    pub fn on_release(&mut self, result: Result<(), FetchError>, latest: ConnectionId) -> bool {
        match result {
            Ok(()) => {
                (self.release, self.opened_after) = (PortRelease::Free, latest);
                self.progress.set_tick(Step::Server, None);
                true
            }
            Err(error) => {
                self.release = PortRelease::Refused(ReleaseError::from(error));
                false
            }
        }
    }

    /// Handles the bridge's description of its echo server.
    pub fn on_echo_server(&mut self, echo: EchoServer) {
        self.release.on_echo_server(echo);
    }

    /// Handles the list of connections to the echo server; `newest` is the number of the newest
    /// connection. What was there when the step was opened does not count; a bridge that counts
    /// from 1 again is a new one.
    pub fn on_connections(&mut self, newest: u64) {
        self.newest_connection = match self.newest_connection {
            Some(known) if newest < known => Some(0),
            Some(known) => Some(known),
            None => Some(newest),
        };
    }

    /// Returns whether the lesson waits for somebody to connect to the echo server.
    #[must_use]
    pub fn awaits_terminal(&self) -> bool {
        self.step == Some(Step::Hello) && self.progress.tick(Step::Hello) != Some(Tick::Seen)
    }

    /// Records that a server of [`Step::Break`] was met, if that is new.
    pub fn record_met(&mut self, server: usize) -> Option<Command<LessonEvent>> {
        let is_new = self.step == Some(Step::Break) && !self.progress.has_met(server);
        is_new.then(|| {
            self.progress.broken |= 1 << server;
            self.store()
        })
    }

    /// Ticks a step off.
    pub fn complete(&mut self, step: Step, tick: Tick) -> Command<LessonEvent> {
        self.progress.set_tick(step, Some(tick));
        self.store()
    }

    /// Ticks the open step off by hand. Does nothing if it is done: what the page has seen stands.
    pub fn tick_by_hand(&mut self) -> Option<Command<LessonEvent>> {
        let step = self.step.filter(|step| !self.progress.is_done(*step))?;
        Some(self.complete(step, Tick::ByHand))
    }

    /// Records whether the learner has no terminal.
    pub fn set_without_terminal(&mut self, is_without: bool) -> Command<LessonEvent> {
        self.progress.is_without_terminal = is_without;
        self.store()
    }

    fn store(&self) -> Command<LessonEvent> {
        Command::store(StorageKey::Lesson, Some(self.progress.write()))
    }
}

/// Puts the focus on the title of the step: the button that was pressed may be gone.
#[must_use]
pub fn focus_title() -> Command<LessonEvent> {
    Command::Dom(DomCommand::focus(TITLE_ID))
}
