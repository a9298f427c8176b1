//! How the runs change.

use super::file::{self, ImportError};
use super::list::ListedRunId;
use super::record::RunRecord;
use super::{RunSelection, Runs, RunsAnchor, RunsEffect, RunsEvent, RunsNotice, StorageStatus};
use crate::Model;
use crate::effect::Effect;
use crate::link::{ExpectedReply, Setup};
use crate::menu::{Menu, MenuEffect};
use crate::modes::{Mode, ModesEvent};
use crate::run::{Phase, Run, RunId};
use crate::run_exchange::ExchangeState;

impl Model {
    /// Takes in what happened to the runs.
    pub fn on_runs(&mut self, event: RunsEvent) -> Vec<Effect> {
        if let RunsEvent::RepeatPressed { id, at } = event {
            return self.repeat(id, at);
        }
        let menu = self.menus.open.take_if(|menu| *menu == Menu::Runs && event.is_of_menu());
        let focus = menu.map(|menu| Effect::Menu(MenuEffect::Focus(menu)));
        let effect = self.runs.on(event).map(Effect::Runs);
        effect.into_iter().chain(focus).collect()
    }

    /// Keeps the latest run of each way, once it is over. The next one begins only when the last
    /// is over or left, so that at most one of them is not kept yet.
    pub fn note_run(&mut self) -> Option<Effect> {
        let Self { runs, run, modes, .. } = self;
        let once = run.as_ref().filter(|run| run.is_over());
        let (stay, repeat) = (modes.stay.as_ref(), modes.repeat.as_ref());
        once.and_then(|run| runs.note(run.id, || RunRecord::of(run)))
            .or_else(|| {
                stay.and_then(|stay| runs.note(stay.id, || RunRecord::of_interactive(stay)))
            })
            .or_else(|| repeat.and_then(|it| runs.note(it.id, || RunRecord::of_load_test(it))))
    }

    fn repeat(&mut self, id: ListedRunId, at: f64) -> Vec<Effect> {
        let Some(entry) = self.runs.list.get(id) else { return vec![] };
        let Some(bytes) = entry.record.message.whole() else { return vec![] };
        if self.is_running() || self.modes.is_locked() {
            return vec![];
        }
        let (how, is_silent) = (entry.record.how, bytes.is_empty());
        let target = entry.record.target.clone();
        let to = (target != self.echo_address).then_some(target);
        let expect = match &entry.record.expected {
            None => ExpectedReply::Same,
            Some(none) if none.is_empty() => ExpectedReply::Anything,
            Some(these) => ExpectedReply::These(these.bytes().to_vec()),
        };
        self.set_up(Setup { how, expect, ..Setup::sending(to, bytes) });
        let mut effects = if how == Mode::Interactive && is_silent {
            self.on_how(ModesEvent::ConnectPressed { at })
        } else {
            self.send(at)
        };
        effects.push(Effect::Runs(RunsEffect::Focus(id)));
        effects
    }
}

impl Run {
    /// Whether nothing more will come of it.
    fn is_over(&self) -> bool {
        let reads_on =
            matches!(&self.phase, Phase::Connected(talk) if talk.state == ExchangeState::ReadingOn);
        !self.is_running() && !reads_on
    }
}

impl Runs {
    /// A new run starts, in place of `last`: it is what is shown.
    pub fn leave(&mut self, last: Option<&Run>) -> Option<Effect> {
        self.shown = RunSelection::Latest;
        self.news.take_if(|news| !matches!(news, RunsNotice::Cleared(_)));
        let last = last?;
        self.note(last.id, || RunRecord::of(last))
    }

    /// Keeps a run, if there is a record of it and it is newer than those that are kept.
    fn note(&mut self, id: RunId, record: impl FnOnce() -> Option<RunRecord>) -> Option<Effect> {
        if self.noted >= Some(id) {
            return None;
        }
        let record = record()?;
        self.noted = Some(id);
        Some(Effect::Runs(RunsEffect::Date(Box::new(record))))
    }

    fn on(&mut self, event: RunsEvent) -> Option<RunsEffect> {
        match event {
            RunsEvent::Remembered(kept) => self.remember(&kept?),
            RunsEvent::ClearedElsewhere => self.clear(),
            RunsEvent::Over { record, when, clock_step } => {
                self.list.add(record.dated(when, clock_step));
                return self.keep();
            }
            RunsEvent::Kept(ok) => {
                self.keeping = if ok { StorageStatus::Works } else { StorageStatus::Refused }
            }
            RunsEvent::Chosen(id) => {
                self.choose(id);
                return Some(RunsEffect::Reveal(RunsAnchor::Shown));
            }
            RunsEvent::LatestWanted => return self.show_latest(),
            RunsEvent::CompareWanted(id) => {
                self.shown = RunSelection::Choosing(id);
                return Some(RunsEffect::Reveal(RunsAnchor::List));
            }
            RunsEvent::FileCame(file) => return self.import(file),
            RunsEvent::ExportPressed => return Some(RunsEffect::Download(self.document())),
            RunsEvent::ClearPressed => {
                self.clear();
                self.keeping = StorageStatus::Works;
                return Some(RunsEffect::Forget);
            }
            RunsEvent::UndoPressed => return self.undo(),
            RunsEvent::RepeatPressed { .. } => {}
        }
        None
    }

    fn remember(&mut self, kept: &str) {
        match file::read(kept) {
            Ok(records) => self.list.merge(records),
            Err(refusal) => self.keeping = StorageStatus::Unread(refusal),
        }
    }

    fn choose(&mut self, id: ListedRunId) {
        self.shown = match self.shown {
            RunSelection::Choosing(first) if first != id => RunSelection::Compared(first, id),
            _ => RunSelection::Earlier(id),
        };
    }

    /// The button that was pressed goes away, and the focus must not go with it.
    fn show_latest(&mut self) -> Option<RunsEffect> {
        match std::mem::take(&mut self.shown) {
            RunSelection::Latest => None,
            RunSelection::Earlier(id)
            | RunSelection::Choosing(id)
            | RunSelection::Compared(id, _) => Some(RunsEffect::Focus(id)),
        }
    }

    fn import(&mut self, file: Result<String, ImportError>) -> Option<RunsEffect> {
        match file.and_then(|text| file::read(&text)) {
            Ok(records) => {
                self.news = Some(RunsNotice::Imported(self.list.take_in(records)));
                self.keep()
            }
            Err(refusal) => {
                self.news = Some(RunsNotice::Refused(refusal));
                None
            }
        }
    }

    fn clear(&mut self) {
        if self.list.is_empty() {
            return;
        }
        self.shown = RunSelection::Latest;
        self.news = Some(RunsNotice::Cleared(self.list.drain()));
    }

    fn undo(&mut self) -> Option<RunsEffect> {
        let Some(RunsNotice::Cleared(entries)) = self.news.take() else { return None };
        self.list.merge(entries.into_iter().map(|entry| entry.record).collect());
        self.keep()
    }

    /// What could not be read is not written over.
    fn keep(&self) -> Option<RunsEffect> {
        let may = !matches!(self.keeping, StorageStatus::Unread(_));
        may.then(|| RunsEffect::Keep(self.document()))
    }

    fn document(&self) -> String {
        file::write(self.list.iter().map(|entry| &entry.record))
    }
}
