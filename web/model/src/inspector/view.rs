//! What the inspector shows: its tabs, what is said beside them, and the selected view.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use super::record::ConnectionRecord;
use super::timeline_view::TimelineView;
pub use super::view_context::{ListWindow, TimeOrigin, ViewContext};
use super::{Inspector, Tab};

/// The inspector.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The tabs that lead to something: none before the first run.
    pub tabs: &'static [Tab],
    /// The selected tab.
    pub selected: Tab,
    /// What is said beside the tabs, once there is a run.
    pub caption: Option<Caption>,
    /// What the selected tab shows.
    pub panel: Panel,
}

/// What is said beside the tabs.
#[derive(Clone, Debug, PartialEq)]
pub enum Caption {
    /// An event of a run that is over is replayed.
    Replay {
        /// Which event, counted from 1.
        event: usize,
        /// How many events there are.
        total: usize,
    },
    /// The connection whose record is shown.
    Connection {
        /// The address of the target, or what the user typed while that is not known.
        address: String,
    },
}

/// What the selected tab shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Panel {
    /// Nothing yet.
    Empty,
    /// The Timeline.
    Timeline(Rc<TimelineView>),
    /// The bytes, which are a part of the page of their own.
    Bytes,
    /// The packets, which are a part of the page of their own.
    Packets,
}

impl Inspector {
    /// Returns what the inspector shows of a record.
    #[must_use]
    pub fn view(&self, record: Option<&ConnectionRecord>, context: ViewContext) -> View {
        let tabs: &[Tab] = match record {
            Some(_) => &Tab::ALL,
            None if context.has_file => &[Tab::Packets],
            None => &[],
        };
        let panel = match (self.tab, record) {
            (Tab::Timeline, _) => Panel::Timeline(Rc::new(self.timeline_view(record, context))),
            (Tab::Bytes, Some(_)) => Panel::Bytes,
            (Tab::Packets, _) if !tabs.is_empty() => Panel::Packets,
            (Tab::Bytes | Tab::Packets, _) => Panel::Empty,
        };
        let caption = record.map(|record| self.caption(record));
        View { tabs, selected: self.tab, caption, panel }
    }

    fn caption(&self, record: &ConnectionRecord) -> Caption {
        if let Some((event, total)) = self.step() {
            return Caption::Replay { event, total };
        }
        Caption::Connection { address: record.address() }
    }
}

impl ConnectionRecord<'_> {
    /// Returns the address of the target, or what the user typed while that is not known.
    #[must_use]
    pub fn address(&self) -> String {
        self.peer.map_or_else(|| self.target.to_owned(), ToString::to_string)
    }
}
