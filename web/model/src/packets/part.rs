//! The analyzer as the rest of the page knows it.

use std::fmt;

use super::context::PacketsContext;
use super::event::{PacketsEvent, PacketsRequest};
use super::view::View;
use crate::inspector::highlight::Highlighted;

/// A packet analyzer. Its code is in a file of its own, which is loaded on demand: the rest of the
/// page calls it through this trait alone.
pub trait PacketsPart {
    /// Applies an event and returns what follows from it for the rest of the page.
    fn update(&mut self, context: &PacketsContext, event: PacketsEvent) -> Vec<PacketsRequest>;

    /// Takes in what has happened on the shown connection since the last call.
    fn sync(&mut self, context: &PacketsContext);

    /// Returns whether there is something to show without a connection: a file, or why one was not
    /// opened.
    fn has_file(&self) -> bool;

    /// Returns what to show; `highlighted` is what is highlighted in all views.
    fn view(&self, context: &PacketsContext, highlighted: &Highlighted) -> View;
}

impl fmt::Debug for dyn PacketsPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PacketsPart")
    }
}
