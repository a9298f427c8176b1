//! The runs that are over: kept, opened again, compared, repeated, taken elsewhere.

pub mod file;
pub mod kept;
pub mod list;
pub mod record;
#[cfg(test)]
mod tests;

use super::effect::Effect;
use super::link::Setup;
use super::menu::MenuEffect;
use super::run::{Phase, Run, RunId};
use super::talk::State;
use super::{Menu, Model};
use file::Refusal;
use list::{Entry, EntryId, List, Taken};
use record::Record;

/// The runs that are over, and what is shown of them.
#[derive(Debug, Default)]
pub struct Runs {
    /// The runs, newest first.
    pub list: List,
    /// What is shown in place of the latest run.
    pub shown: Shown,
    /// Whether the browser keeps them.
    pub keeping: Keeping,
    /// What came of the last import, until a run follows, or of the last Clear.
    pub news: Option<News>,
    noted: Option<RunId>,
}

/// What stands in the place of what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// The latest run.
    #[default]
    Latest,
    /// An earlier one.
    Earlier(EntryId),
    /// An earlier one, to be compared with the next one that is chosen.
    Choosing(EntryId),
    /// Two of them.
    Compared(EntryId, EntryId),
}

/// [`Shown`], with the runs themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Showing<'a> {
    /// The latest run.
    Latest,
    /// An earlier one; whether the one to compare it with is being chosen.
    Earlier(&'a Entry, bool),
    /// Two of them.
    Compared(&'a Entry, &'a Entry),
}

impl Showing<'_> {
    /// Whether this run is one of those that are shown.
    #[must_use]
    pub fn has(self, id: EntryId) -> bool {
        match self {
            Self::Latest => false,
            Self::Earlier(entry, _) => entry.id == id,
            Self::Compared(one, other) => one.id == id || other.id == id,
        }
    }
}

/// Whether the browser keeps the runs across reloads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// It does, as far as is known.
    #[default]
    Works,
    /// It would not take them.
    Refused,
    /// What it had kept could not be read, and is left as it is until Clear.
    Unread(Refusal),
}

/// What came of an import or of Clear.
#[derive(Debug, PartialEq)]
pub enum News {
    /// A file was taken.
    Imported(Taken),
    /// A file was not taken.
    Refused(Refusal),
    /// These were removed; they can be had again.
    Cleared(Vec<Entry>),
}

/// Something that happened to the runs.
#[derive(Debug)]
pub enum RunsEvent {
    /// What the browser had kept from an earlier visit, or what another tab has it keep now.
    Remembered(Option<String>),
    /// Another tab removed the runs.
    ClearedElsewhere,
    /// A run is over.
    Over {
        /// The run.
        record: Box<Record>,
        /// The date, in milliseconds since 1970.
        when: f64,
        /// The step of the page's clock, in milliseconds.
        clock_step: f64,
    },
    /// The browser keeps the runs, or would not.
    Kept(bool),
    /// Somebody chose a run.
    Chosen(EntryId),
    /// Somebody wants to see the latest run again.
    LatestWanted,
    /// Somebody wants to compare a run with another.
    CompareWanted(EntryId),
    /// Somebody wants a run repeated.
    RepeatPressed {
        /// The run.
        id: EntryId,
        /// When, by the page's clock.
        at: f64,
    },
    /// Somebody chose a file with runs.
    FileCame(Result<String, Refusal>),
    /// Somebody wants a file with all runs.
    ExportPressed,
    /// Somebody wants the runs removed.
    ClearPressed,
    /// Somebody wants them again.
    UndoPressed,
}

/// What is to be done for the runs.
#[derive(Clone, Debug, PartialEq)]
pub enum RunsEffect {
    /// Say when this run was over.
    Date(Box<Record>),
    /// Keep this for the next visit.
    Keep(String),
    /// Keep nothing for the next visit.
    Forget,
    /// Give this to the person as a file.
    Download(String),
    /// Scroll this into view, once it is there.
    Reveal(Place),
    /// Put the focus on this run in the list, without scrolling.
    Focus(EntryId),
}

/// A place that may be out of view on a narrow screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The list of runs.
    List,
    /// What is shown of one run, or of two.
    Shown,
}

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

    /// Keeps the latest run, once it is over.
    pub fn note_run(&mut self) -> Option<Effect> {
        let run = self.run.as_ref().filter(|run| run.is_over())?;
        self.runs.note(run)
    }

    fn repeat(&mut self, id: EntryId, at: f64) -> Vec<Effect> {
        let Some(entry) = self.runs.list.get(id) else { return vec![] };
        let Some(bytes) = entry.record.message.whole() else { return vec![] };
        let target = entry.record.target.clone();
        let to = (target != self.echo_address).then_some(target);
        self.set_up(Setup::sending(to, bytes));
        let mut effects = self.send(at);
        effects.push(Effect::Runs(RunsEffect::Focus(id)));
        effects
    }
}

impl RunsEvent {
    /// Whether it comes from the menu of the runs, which then has done its work.
    fn is_of_menu(&self) -> bool {
        matches!(self, Self::ExportPressed | Self::ClearPressed | Self::FileCame(_))
    }
}

impl Run {
    /// Whether nothing more will come of it.
    fn is_over(&self) -> bool {
        let reads_on =
            matches!(&self.phase, Phase::Connected(talk) if talk.state == State::ReadingOn);
        !self.is_running() && !reads_on
    }
}

impl Runs {
    /// What stands in the place of what happened; the latest run, where what was chosen is gone.
    #[must_use]
    pub fn showing(&self) -> Showing<'_> {
        let get = |id| self.list.get(id);
        let showing = match self.shown {
            Shown::Latest => None,
            Shown::Earlier(id) => get(id).map(|run| Showing::Earlier(run, false)),
            Shown::Choosing(id) => get(id).map(|run| Showing::Earlier(run, true)),
            Shown::Compared(one, other) => {
                get(one).zip(get(other)).map(|(one, other)| Showing::Compared(one, other))
            }
        };
        showing.unwrap_or(Showing::Latest)
    }

    /// A new run starts, in place of `last`: it is what is shown.
    pub fn leave(&mut self, last: Option<&Run>) -> Option<Effect> {
        self.shown = Shown::Latest;
        self.news.take_if(|news| !matches!(news, News::Cleared(_)));
        self.note(last?)
    }

    /// Keeps a run, if that has not been done.
    fn note(&mut self, run: &Run) -> Option<Effect> {
        if self.noted == Some(run.id) {
            return None;
        }
        self.noted = Some(run.id);
        Some(Effect::Runs(RunsEffect::Date(Box::new(Record::of(run)?))))
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
                self.keeping = if ok { Keeping::Works } else { Keeping::Refused }
            }
            RunsEvent::Chosen(id) => {
                self.choose(id);
                return Some(RunsEffect::Reveal(Place::Shown));
            }
            RunsEvent::LatestWanted => return self.show_latest(),
            RunsEvent::CompareWanted(id) => {
                self.shown = Shown::Choosing(id);
                return Some(RunsEffect::Reveal(Place::List));
            }
            RunsEvent::FileCame(file) => return self.import(file),
            RunsEvent::ExportPressed => return Some(RunsEffect::Download(self.document())),
            RunsEvent::ClearPressed => {
                self.clear();
                self.keeping = Keeping::Works;
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
            Err(refusal) => self.keeping = Keeping::Unread(refusal),
        }
    }

    fn choose(&mut self, id: EntryId) {
        self.shown = match self.shown {
            Shown::Choosing(first) if first != id => Shown::Compared(first, id),
            _ => Shown::Earlier(id),
        };
    }

    /// The button that was pressed goes away, and the focus must not go with it.
    fn show_latest(&mut self) -> Option<RunsEffect> {
        match std::mem::take(&mut self.shown) {
            Shown::Latest => None,
            Shown::Earlier(id) | Shown::Choosing(id) | Shown::Compared(id, _) => {
                Some(RunsEffect::Focus(id))
            }
        }
    }

    fn import(&mut self, file: Result<String, Refusal>) -> Option<RunsEffect> {
        match file.and_then(|text| file::read(&text)) {
            Ok(records) => {
                self.news = Some(News::Imported(self.list.take_in(records)));
                self.keep()
            }
            Err(refusal) => {
                self.news = Some(News::Refused(refusal));
                None
            }
        }
    }

    fn clear(&mut self) {
        if self.list.is_empty() {
            return;
        }
        self.shown = Shown::Latest;
        self.news = Some(News::Cleared(self.list.drain()));
    }

    fn undo(&mut self) -> Option<RunsEffect> {
        let Some(News::Cleared(entries)) = self.news.take() else { return None };
        self.list.merge(entries.into_iter().map(|entry| entry.record).collect());
        self.keep()
    }

    /// What could not be read is not written over.
    fn keep(&self) -> Option<RunsEffect> {
        let may = !matches!(self.keeping, Keeping::Unread(_));
        may.then(|| RunsEffect::Keep(self.document()))
    }

    fn document(&self) -> String {
        file::write(self.list.iter().map(|entry| &entry.record))
    }
}
