//! The bytes of a connection, and as text.

use crate::Model;
use crate::inspector::bytes_view::{BytesView, Preview};
use crate::runs::ShownRuns;
use crate::text::Shown;
use crate::text::view::View;

impl Model {
    /// Notes whose text is shown.
    pub(in crate::app) fn sync_text(&mut self) {
        let earlier = self.runs.part().map(|runs| runs.state().showing());
        let shown = match earlier {
            Some(ShownRuns::Earlier(run, _)) => Some(Shown::Run(run.id)),
            _ => self.record().map(|record| Shown::Connection(record.id)),
        };
        self.text.sync(shown);
    }

    /// Returns what the tab Bytes shows.
    #[must_use]
    pub fn bytes_view(&self) -> Option<BytesView> {
        self.record().map(|record| self.inspector.bytes_view(&record))
    }

    /// Returns the first bytes that moved in the highlighted row of the Timeline.
    #[must_use]
    pub fn preview_view(&self) -> Option<Preview> {
        self.record().and_then(|record| self.inspector.preview(&record))
    }

    /// Returns the text of the connection that the views show.
    #[must_use]
    pub fn text_view(&self) -> Option<View> {
        self.record().map(|record| self.text.connection_view(&record))
    }

    /// Returns the text of the earlier run that is shown in place of the latest one, if its connection
    /// was not recorded.
    #[must_use]
    pub fn earlier_text_view(&self) -> Option<View> {
        match self.runs.part()?.state().showing() {
            // The views show a connection that was recorded.
            ShownRuns::Earlier(run, _) if self.runs.restored().is_none() => {
                Some(self.text.run_view(run))
            }
            ShownRuns::Latest | ShownRuns::Earlier(..) | ShownRuns::Compared(..) => None,
        }
    }
}
