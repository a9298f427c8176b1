//! What Send, Connect and Stop do.

use super::{Event, Model};
use crate::attachment::Attachment;
use crate::bounded_bytes::MAX_COPIED_BYTES;
use crate::command::{Command, map_all};
use crate::connection::{Security, TraceLevel};
use crate::field::FieldError;
use crate::modes::once::{ExchangeSpec, Run};
use crate::modes::reaction::Reaction;
use crate::modes::{ConnectionSpec, Mode};
use crate::time::PageTime;

impl Model {
    /// Sends the message in the chosen mode, unless something is in progress or a field is invalid.
    pub(super) fn send(&mut self, at: PageTime) -> Vec<Command<Event>> {
        self.send_to(at, self.connection_spec())
    }

    fn send_to(&mut self, at: PageTime, connect: ConnectionSpec) -> Vec<Command<Event>> {
        if self.is_running() {
            return vec![];
        }
        let spec = match self.exchange_spec() {
            Ok(spec) => spec,
            Err(error) => return self.refuse(error),
        };
        self.invalid_field = None;
        let mut commands = self.clear_shown_run();
        let reaction = match self.modes.mode {
            Mode::Once => self.start_run(at, &connect, spec),
            Mode::Interactive => self.say(at, &connect, spec.exchange.sent()),
            Mode::Load => self.start_load(at, connect, spec.exchange.sent().to_vec()),
        };
        commands.extend(self.commands_of(reaction));
        commands
    }

    fn start_load(&mut self, at: PageTime, connect: ConnectionSpec, message: Vec<u8>) -> Reaction {
        let unkept = self.unkept_by_record(&message);
        let reaction = self.modes.start_load(at, connect, message);
        if let Some(load) = &self.modes.load {
            self.runs.take_sent(load.id, unkept);
        }
        reaction
    }

    /// Returns the message, if the record of its run does not keep all of it, or if it is a file.
    fn unkept_by_record(&self, message: &[u8]) -> Option<Attachment> {
        let is_kept = message.len() <= MAX_COPIED_BYTES && self.composer.attachment().is_none();
        if is_kept { None } else { self.composer.as_attachment(message) }
    }

    /// Sends a message on the interactive connection, and remembers it if it was sent.
    fn say(&mut self, at: PageTime, connect: &ConnectionSpec, message: &[u8]) -> Reaction {
        let can_send = self.modes.can_send();
        let reaction = self.modes.send(at, connect, message);
        if can_send && self.modes.interactive.as_ref().is_some_and(|it| !it.conversation.is_full) {
            self.composer.remember();
        }
        reaction
    }

    /// Opens an interactive connection.
    pub(super) fn connect(&mut self, at: PageTime) -> Vec<Command<Event>> {
        self.connect_to(at, &self.connection_spec())
    }

    /// Does what failed once more, with a server that need not prove who it is: this time alone.
    pub(super) fn connect_unverified(&mut self, at: PageTime) -> Vec<Command<Event>> {
        if self.is_verdict_previous() {
            return vec![];
        }
        let mut connect = self.connection_spec();
        connect.security = connect.security.unverified();
        match self.modes.mode {
            Mode::Once => self.send_to(at, connect),
            Mode::Interactive => self.connect_to(at, &connect),
            Mode::Load => vec![],
        }
    }

    fn connect_to(&mut self, at: PageTime, spec: &ConnectionSpec) -> Vec<Command<Event>> {
        if let Some(error) = self.target_error() {
            return self.refuse(error);
        }
        let mut commands = self.clear_shown_run();
        let reaction = self.modes.connect(at, spec);
        commands.extend(self.commands_of(reaction));
        commands
    }

    /// Stops the run in progress.
    pub(super) fn stop(&mut self, at: PageTime) -> Vec<Command<Event>> {
        let reaction = self.modes.stop_run(at);
        self.commands_of(reaction)
    }

    /// Refuses to send, and moves the focus to the invalid field.
    pub(super) fn refuse(&mut self, error: FieldError) -> Vec<Command<Event>> {
        self.invalid_field = Some(error.field);
        vec![Command::Dom(error.focus())]
    }

    fn start_run(
        &mut self,
        at: PageTime,
        connect: &ConnectionSpec,
        spec: ExchangeSpec,
    ) -> Reaction {
        let unkept = self.unkept_by_record(spec.exchange.sent());
        let reaction = self.modes.start_run(at, connect, spec);
        if let Some(id) = self.modes.run.as_ref().map(Run::id) {
            self.runs.take_sent(id, unkept);
            self.begin_lab_run(id, connect.security);
        }
        reaction
    }

    fn exchange_spec(&self) -> Result<ExchangeSpec, FieldError> {
        if let Some(error) = self.target_error() {
            return Err(error);
        }
        let expected_kind = self.expected_kind();
        Ok(ExchangeSpec { exchange: self.composer.exchange(expected_kind)?, expected_kind })
    }

    /// Returns what To means, as an address where that is known.
    pub(super) fn target_address(&self) -> &str {
        let typed = self.target().trim();
        self.bridge.named(typed).map_or(typed, |named| &named.address)
    }

    /// Returns what To means, and how it is to be connected to.
    pub(super) fn connection_spec(&self) -> ConnectionSpec {
        let typed = self.target().trim();
        let (name, address) = match self.bridge.named(typed) {
            Some(named) => (named.name.clone(), named.address.clone()),
            None => (typed.to_owned(), typed.to_owned()),
        };
        let max_message = self.bridge.info().map_or(u64::MAX, |info| info.max_message);
        let security = Security::of(&address);
        ConnectionSpec { name, address, max_message, trace: self.trace_level(), security }
    }

    /// Returns how much the bridge is to report about the next connection: of the many of a load
    /// test only what their times need.
    fn trace_level(&self) -> TraceLevel {
        match self.modes.mode {
            Mode::Load => TraceLevel::Trace,
            Mode::Once | Mode::Interactive if self.captures => TraceLevel::Packets,
            Mode::Once | Mode::Interactive => TraceLevel::Kernel,
        }
    }

    /// Converts the reaction of a mode into commands.
    pub(super) fn commands_of(&mut self, reaction: Reaction) -> Vec<Command<Event>> {
        if reaction.asks_for_bridge {
            self.bridge_poll.request();
        }
        map_all(reaction.commands, Event::Modes)
    }
}
