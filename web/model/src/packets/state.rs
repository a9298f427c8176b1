//! The part of the packets' state that is always there: the analyzer, as far as it is loaded.

use super::context::PacketsContext;
use super::event::{PacketsEvent, PacketsRequest};
use super::part::PacketsPart;
use super::view::View;
use crate::inspector::highlight::Highlighted;
use crate::loadable::{LoadError, Loadable};

/// The packets, as the root of the model holds them.
#[derive(Debug, Default)]
pub struct Packets {
    analyzer: Loadable<Box<dyn PacketsPart>>,
    /// The latest event that happened before the analyzer was loaded.
    pending: Option<PacketsEvent>,
}

impl Packets {
    /// Applies an event. Until the analyzer is loaded, the latest event waits for it.
    pub fn update(&mut self, context: &PacketsContext, event: PacketsEvent) -> Vec<PacketsRequest> {
        if let Some(analyzer) = self.analyzer.loaded_mut() {
            return analyzer.update(context, event);
        }
        self.pending = Some(event);
        vec![]
    }

    /// Returns whether the analyzer is to be loaded now, because it is shown or an event waits for
    /// it. Then it counts as loading until [`on_loaded`](Self::on_loaded) is called.
    pub fn start_loading(&mut self, is_shown: bool) -> bool {
        self.analyzer.start_loading(is_shown || self.pending.is_some())
    }

    /// Takes the analyzer, or notes that it could not be loaded, and applies the event that waited.
    pub fn on_loaded(
        &mut self,
        context: &PacketsContext,
        result: Result<Box<dyn PacketsPart>, LoadError>,
    ) -> Vec<PacketsRequest> {
        self.analyzer = result.into();
        let analyzer = self.analyzer.loaded_mut();
        let event = self.pending.take_if(|_| analyzer.is_some());
        analyzer.zip(event).map_or_else(Vec::new, |(it, event)| it.update(context, event))
    }

    /// Lets the analyzer be loaded again after that has failed.
    pub fn retry(&mut self) {
        self.analyzer.retry();
    }

    /// Takes in what has happened on the shown connection since the last call.
    pub fn sync(&mut self, context: &PacketsContext) {
        if let Some(analyzer) = self.analyzer.loaded_mut() {
            analyzer.sync(context);
        }
    }

    /// Returns whether there is something to show without a connection: a file, why one was not
    /// opened, or one that is opened as soon as the analyzer is loaded.
    #[must_use]
    pub fn has_file(&self) -> bool {
        self.pending.is_some() || self.analyzer.loaded().is_some_and(|it| it.has_file())
    }

    /// Returns what to show.
    #[must_use]
    pub fn view(&self, context: &PacketsContext, highlighted: &Highlighted) -> Loadable<View> {
        self.analyzer.as_ref().map(|analyzer| analyzer.view(context, highlighted))
    }
}
