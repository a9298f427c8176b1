//! The finished runs and the saved requests among the other features: what they are told of them, and
//! what they ask of them.

use super::{Event, Model};
use crate::command::Command;
use crate::loadable::LoadError;
use crate::menu::Menu;
use crate::modes::interactive::ScriptedMessage;
use crate::modes::once::Run;
use crate::runs::record::RunRecord;
use crate::runs::{RunsContext, RunsEvent, RunsPart, RunsRequest};
use crate::setup::Setup;
use crate::time::PageTime;

impl Model {
    pub(super) fn on_runs(&mut self, event: RunsEvent) -> Vec<Command<Event>> {
        let menu = self.menus.open.take_if(|menu| *menu == Menu::Runs && event.is_of_menu());
        let mut commands: Vec<_> =
            menu.map(|menu| Command::Dom(menu.focus())).into_iter().collect();
        let context = self.runs_context();
        let requests = self.runs.update(&context, event);
        commands.extend(self.route_runs_requests(requests));
        commands
    }

    pub(super) fn on_runs_loaded(
        &mut self,
        result: Result<Box<dyn RunsPart>, LoadError>,
    ) -> Vec<Command<Event>> {
        let context = self.runs_context();
        let requests = self.runs.on_loaded(&context, result);
        self.route_runs_requests(requests)
    }

    /// Has the finished runs loaded when they are needed for the first time. That of a run that goes on
    /// is needed at its end: it is not stored before.
    pub(super) fn load_runs(&mut self) -> Option<Command<Event>> {
        let is_needed = self.menus.is_open(Menu::Runs) || self.is_running();
        self.runs.start_loading(is_needed).then_some(Command::LoadRuns)
    }

    fn runs_context(&mut self) -> RunsContext {
        let (connection, clock_began) = (self.modes.next_id(), self.clock_began);
        RunsContext { setup: self.setup(), connection, clock_began }
    }

    fn route_runs_requests(&mut self, requests: Vec<RunsRequest>) -> Vec<Command<Event>> {
        let mut commands = Vec::new();
        for request in requests {
            match request {
                RunsRequest::Command(command) => commands.push(command.map(Event::Runs)),
                RunsRequest::SetUp(setup) => self.set_up(setup),
                RunsRequest::Run { at, setup, script } => {
                    commands.extend(self.repeat(at, setup, script));
                }
            }
        }
        commands
    }

    /// Records the latest result of each mode, once it is over. The next one begins only when the
    /// last is over or left, so that at most one of them is not recorded yet.
    pub(super) fn record_finished_run(&mut self) -> Option<Command<Event>> {
        let Self { runs, modes, .. } = self;
        let run = modes.run.as_ref().filter(|run| run.is_finished());
        let (interactive, load) = (modes.interactive.as_ref(), modes.load.as_ref());
        let command = run
            .and_then(|run| runs.record_finished_run(run.id(), || RunRecord::of(run)))
            .or_else(|| {
                let it = interactive?;
                runs.record_finished_run(it.id(), || RunRecord::of_interactive(it))
            })
            .or_else(|| {
                let load = load?;
                runs.record_finished_run(load.id, || RunRecord::of_load_test(load))
            });
        command.map(|command| command.map(Event::Runs))
    }

    /// Prepares for a new run: shows the latest run again, and removes the notices about the last
    /// link.
    pub(super) fn clear_shown_run(&mut self) -> Vec<Command<Event>> {
        self.opened_link.invalid.clear();
        let last = self.modes.run.as_ref();
        let record = |last: &Run| self.runs.record_finished_run(last.id(), || RunRecord::of(last));
        let command = last.and_then(record).map(|command| command.map(Event::Runs));
        let mut commands: Vec<_> = command.into_iter().collect();
        commands.extend(self.on_runs_if_loaded(RunsEvent::RunStarted));
        commands
    }

    /// Applies an event that is without effect before a run was listed, and so needs no code that is
    /// not loaded yet.
    pub(super) fn on_runs_if_loaded(&mut self, event: RunsEvent) -> Vec<Command<Event>> {
        if self.runs.part().is_none() {
            return vec![];
        }
        self.on_runs(event)
    }

    /// Sets the page up as an earlier run was, and runs it again.
    fn repeat(
        &mut self,
        at: PageTime,
        mut setup: Setup,
        script: Option<Vec<ScriptedMessage>>,
    ) -> Vec<Command<Event>> {
        if self.is_running() || self.modes.is_locked() {
            return vec![];
        }
        setup.to.take_if(|to| *to == self.echo_address);
        self.set_up(setup);
        match script {
            Some(script) => self.converse(at, script),
            None => self.send(at),
        }
    }

    /// Opens an interactive connection, and sends these messages on it.
    fn converse(&mut self, at: PageTime, script: Vec<ScriptedMessage>) -> Vec<Command<Event>> {
        if let Some(error) = self.target_error() {
            return self.refuse(error);
        }
        let mut commands = self.clear_shown_run();
        let reaction = self.modes.converse(at, &self.connection_spec(), script);
        commands.extend(self.commands_of(reaction));
        commands
    }
}
