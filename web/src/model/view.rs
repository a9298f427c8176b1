//! How what happened is looked at: which view, where in it, and what is pointed at.

pub mod compare;
pub mod dump;
pub mod filter;
pub mod listing;
pub mod mark;
mod moves;
pub mod record;
#[cfg(test)]
mod tests;
pub mod window;

use echo_core::hexdump::Width;

use super::Effect;
use super::run::RunId;
use super::transcript::{Direction, Transcript};
use dump::Dump;
use filter::Filter;
use listing::{Entry, Listing, MANY};
use mark::{Mark, Marked};
pub use moves::Move;
use record::Record;
use window::Scroll;

/// One of the views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// What happened when.
    #[default]
    Timeline,
    /// The bytes themselves.
    Bytes,
}

/// How what happened is looked at.
#[derive(Debug)]
pub struct View {
    /// The view.
    pub tab: Tab,
    /// Which rows of the Timeline are wanted.
    pub filter: Filter,
    /// Whether Bytes shows both directions as they went to and fro.
    pub follows: bool,
    /// How many bytes stand in a row.
    pub width: Width,
    /// Where the reader of the Timeline is.
    pub timeline: Scroll,
    /// Where the reader of Bytes is.
    pub bytes: Scroll,
    /// Whether the marked row was reached by stepping.
    pub replays: bool,
    /// Whether what was copied last is the whole Timeline.
    pub copied_all: bool,
    /// What the pointer is on.
    pointed: Option<Mark>,
    /// What a click, the focus or a step marked.
    held: Option<Mark>,
    listing: Listing,
    of: Option<RunId>,
}

/// What somebody does to a view.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewEvent {
    /// Chose a view.
    TabChosen(Tab),
    /// Went on to the next view with the keyboard, or back to the one before.
    TabWalked,
    /// Pointed at something, or away.
    Pointed(Option<Mark>),
    /// Chose something, by a click or by moving the focus to it.
    Held(Mark),
    /// Let go of what was chosen.
    Released,
    /// Stepped to the next event of the Timeline, or back to the one before.
    Stepped(Step),
    /// Moved the focus among the bytes.
    Moved(Move),
    /// Typed in the filter.
    Sought(String),
    /// Wants to see one direction alone, or both.
    DirectionChosen(Option<Direction>),
    /// Wants both directions as they went to and fro, or not.
    Followed(bool),
    /// Has a window in which so many bytes fit side by side.
    Fits(Width),
    /// Scrolled, or the pane's height has changed.
    Scrolled(Tab, Scroll),
    /// Wants the whole Timeline copied.
    CopyAllPressed,
}

/// A step of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the event before.
    Back,
    /// To the next one.
    On,
}

/// Something for the shell to do in a view, once it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewEffect {
    /// Put the focus on a view's tab.
    FocusTab(Tab),
    /// Put the focus on a byte.
    FocusByte(Direction, u64),
    /// Scroll a view so far down, in pixels.
    Scroll(Tab, f64),
    /// Have the step that a replay is at in sight, and its bytes.
    ShowStep,
    /// Copy the Timeline's rows.
    CopyAll,
}

impl Tab {
    /// All of them, in their order.
    pub const ALL: [Self; 2] = [Self::Timeline, Self::Bytes];

    fn next(self) -> Self {
        match self {
            Self::Timeline => Self::Bytes,
            Self::Bytes => Self::Timeline,
        }
    }
}

impl Default for View {
    fn default() -> Self {
        Self {
            tab: Tab::default(),
            filter: Filter::default(),
            follows: false,
            width: Width::default(),
            timeline: Scroll::new(true),
            bytes: Scroll::new(false),
            replays: false,
            copied_all: false,
            pointed: None,
            held: None,
            listing: Listing::default(),
            of: None,
        }
    }
}

impl View {
    /// The Timeline's entries.
    #[must_use]
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// Whether there are so many entries that only those in view are drawn, and a filter helps.
    #[must_use]
    pub fn has_many(&self) -> bool {
        self.filter.is_set() || self.listing.entries().len() >= MANY
    }

    /// What Bytes shows of a run.
    #[must_use]
    pub fn dump<'a>(&self, run: &Record<'a>) -> Dump<'a> {
        if self.follows {
            Dump::followed(run.log, self.width)
        } else {
            Dump::apart(run.log, self.width, run.compared().as_ref())
        }
    }

    /// All that is marked now.
    #[must_use]
    pub fn marked(&self, of: &Transcript) -> Marked {
        let mark = self.pointed.or(self.held);
        mark.map(|mark| mark.marked(of, &self.listing)).unwrap_or_default()
    }

    /// The Timeline's entry that was chosen.
    #[must_use]
    pub fn held_entry(&self) -> Option<&Entry> {
        let Some(Mark::Row(row)) = self.held else { return None };
        self.listing.entries().get(self.listing.place(row)?)
    }

    /// The byte that the Tab key leads to.
    #[must_use]
    pub fn cursor(&self, dump: &Dump) -> Option<(Direction, u64)> {
        match self.held {
            Some(Mark::Byte(direction, offset)) if dump.row_of(direction, offset).is_some() => {
                Some((direction, offset))
            }
            _ => dump.first(),
        }
    }

    /// Which event of how many a replay is at.
    #[must_use]
    pub fn step(&self) -> Option<(usize, usize)> {
        let Some(Mark::Row(row)) = self.held.filter(|_| self.replays) else { return None };
        let place = self.listing.place(row)?;
        let events = |entries: usize| {
            self.listing.entries().iter().take(entries).filter(|entry| entry.is_event()).count()
        };
        Some((events(place + 1), events(usize::MAX)))
    }

    /// Takes in what a run has got since; what belonged to another one is forgotten.
    pub fn keep_up(&mut self, run: Option<&Record>) {
        let Some(run) = run else { return };
        if self.of != Some(run.id) {
            self.of = Some(run.id);
            (self.pointed, self.held, self.replays) = (None, None, false);
            (self.timeline.sticks, self.bytes.sticks) = (true, self.follows);
            self.filter = Filter::default();
            self.relist();
        }
        self.listing.keep_up(run.log, &self.filter);
    }

    /// Takes in what somebody did to it.
    pub fn on(&mut self, run: Option<&Record>, event: ViewEvent) -> Vec<Effect> {
        match event {
            ViewEvent::TabChosen(tab) => return self.show(run, tab),
            ViewEvent::TabWalked => {
                let mut effects = self.show(run, self.tab.next());
                effects.push(Effect::View(ViewEffect::FocusTab(self.tab)));
                return effects;
            }
            ViewEvent::Pointed(mark) => self.pointed = mark,
            ViewEvent::Held(mark) => (self.held, self.replays) = (Some(mark), false),
            ViewEvent::Released => (self.held, self.replays) = (None, false),
            ViewEvent::Stepped(step) => return self.walk(run, step),
            ViewEvent::Moved(to) => return self.go(run, to),
            ViewEvent::Sought(text) => {
                self.filter.text = text;
                self.relist();
            }
            ViewEvent::DirectionChosen(direction) => {
                self.filter.direction = direction;
                self.relist();
            }
            ViewEvent::Followed(follows) => {
                self.follows = follows;
                self.bytes = Scroll { top: 0.0, sticks: follows, ..self.bytes };
            }
            ViewEvent::Fits(width) => self.width = width,
            ViewEvent::Scrolled(Tab::Timeline, scroll) => self.timeline = scroll,
            ViewEvent::Scrolled(Tab::Bytes, scroll) => {
                self.bytes = Scroll { sticks: scroll.sticks && self.follows, ..scroll };
            }
            ViewEvent::CopyAllPressed => {
                self.copied_all = true;
                return vec![Effect::View(ViewEffect::CopyAll)];
            }
        }
        vec![]
    }

    fn relist(&mut self) {
        self.listing = Listing::default();
    }

    fn show(&mut self, run: Option<&Record>, tab: Tab) -> Vec<Effect> {
        self.tab = tab;
        self.pointed = None;
        let Some(run) = run else { return vec![] };
        let marked = self.marked(run.log);
        let (pane, row, total) = match tab {
            Tab::Timeline => (&mut self.timeline, marked.entry, self.listing.entries().len()),
            Tab::Bytes => {
                let dump = self.dump(run);
                let first = marked.first_byte();
                let row = first.and_then(|(direction, offset)| dump.row_of(direction, offset));
                let total = dump.len();
                (&mut self.bytes, row, total)
            }
        };
        if let Some(row) = row {
            pane.reveal(row, total);
        }
        // A pane that is drawn anew begins at its top.
        vec![Effect::View(ViewEffect::Scroll(tab, pane.top))]
    }

    /// Steps through a run that is over.
    fn walk(&mut self, run: Option<&Record>, step: Step) -> Vec<Effect> {
        if run.is_none_or(Record::is_running) {
            return vec![];
        }
        let entries = self.listing.entries();
        let held = match self.held {
            Some(Mark::Row(row)) => self.listing.place(row),
            _ => None,
        };
        let found = match (held, step) {
            (None, Step::On) => entries.iter().position(Entry::is_event),
            (None, Step::Back) => entries.iter().rposition(Entry::is_event),
            (Some(at), Step::On) => (at + 1..entries.len()).find(|at| entries[*at].is_event()),
            (Some(at), Step::Back) => (0..at).rfind(|at| entries[*at].is_event()),
        };
        let Some(place) = found.or(held) else { return vec![] };
        (self.held, self.replays) = (Some(Mark::Row(entries[place].row())), true);
        let top = self.timeline.reveal(place, self.listing.entries().len());
        let scroll = top.map(|top| ViewEffect::Scroll(Tab::Timeline, top));
        scroll.into_iter().chain([ViewEffect::ShowStep]).map(Effect::View).collect()
    }

    /// Moves the focus among the bytes.
    fn go(&mut self, run: Option<&Record>, to: Move) -> Vec<Effect> {
        let Some(run) = run else { return vec![] };
        let dump = self.dump(run);
        let cursor = self.cursor(&dump);
        let Some((direction, offset)) = cursor.and_then(|from| to.from(&dump, from)) else {
            return vec![];
        };
        self.held = Some(Mark::Byte(direction, offset));
        let row = dump.row_of(direction, offset);
        let top = row.and_then(|row| self.bytes.reveal(row, dump.len()));
        let mut effects: Vec<_> =
            top.map(|top| Effect::View(ViewEffect::Scroll(Tab::Bytes, top))).into_iter().collect();
        effects.push(Effect::View(ViewEffect::FocusByte(direction, offset)));
        effects
    }
}
