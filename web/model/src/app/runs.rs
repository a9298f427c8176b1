//! The finished runs, as the rest of the page works with them.

use super::{Event, Model};
use crate::command::Command;
use crate::expected_reply::ExpectedReply;
use crate::menu::Menu;
use crate::modes::Mode;
use crate::modes::once::Run;
use crate::runs::list::ListedRunId;
use crate::runs::record::RunRecord;
use crate::runs::{self, RunsEvent};
use crate::setup::Setup;
use crate::time::PageTime;

impl Model {
    pub(super) fn on_runs(&mut self, event: RunsEvent) -> Vec<Command<Event>> {
        if let RunsEvent::RepeatPressed { id, at } = event {
            return self.repeat(id, at);
        }
        let menu = self.menus.open.take_if(|menu| *menu == Menu::Runs && event.is_of_menu());
        let focus = menu.map(|menu| Command::Dom(menu.focus()));
        let command = self.runs.update(event).map(|command| command.map(Event::Runs));
        command.into_iter().chain(focus).collect()
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
        self.runs.clear_shown_run();
        let last = self.modes.run.as_ref();
        let record = |last: &Run| self.runs.record_finished_run(last.id(), || RunRecord::of(last));
        let command = last.and_then(record);
        command.map(|command| command.map(Event::Runs)).into_iter().collect()
    }

    /// Sets the page up as a finished run was, and runs it again.
    fn repeat(&mut self, id: ListedRunId, at: PageTime) -> Vec<Command<Event>> {
        let Some(entry) = self.runs.list.get(id) else { return vec![] };
        let Some(bytes) = entry.record.message.complete() else { return vec![] };
        if self.is_running() || self.modes.is_locked() {
            return vec![];
        }
        let (mode, is_silent) = (entry.record.mode, bytes.is_empty());
        let target = entry.record.target.clone();
        let to = (target != self.echo_address).then_some(target);
        let expected = match &entry.record.expected {
            None => ExpectedReply::Same,
            Some(none) if none.is_empty() => ExpectedReply::Anything,
            Some(expected) => ExpectedReply::Bytes(expected.bytes().to_vec()),
        };
        self.set_up(Setup { mode, expected, ..Setup::sending(to, bytes) });
        let mut commands =
            if mode == Mode::Interactive && is_silent { self.connect(at) } else { self.send(at) };
        commands.push(runs::focus(id).map(Event::Runs));
        commands
    }
}
