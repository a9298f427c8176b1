//! What the packet analyzer shows, without language and HTML.

pub mod detail;
pub mod kernel;
pub mod list;
pub mod observed;
pub mod octets;
pub mod source;

use std::rc::Rc;

use super::analyzer::PacketAnalyzer;
use super::context::PacketsContext;
use super::conversation::Conversation;
use crate::inspector::highlight::Highlighted;
use detail::DetailView;
use kernel::KernelValue;
use list::ListView;
use source::SourceView;

/// What the packet analyzer shows.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Where the packets come from, and what can be done with them.
    pub source: SourceView,
    /// The list of packets, if there are any.
    pub list: Option<ListView>,
    /// The selected packet.
    pub detail: Option<DetailView>,
    /// The panel at the bottom.
    pub panel: PanelView,
}

/// The panel at the bottom, which unfolds.
#[derive(Clone, Debug, PartialEq)]
pub enum PanelView {
    /// What the kernel says of the connection; `None` if it said nothing.
    Kernel(Option<[KernelValue; KernelValue::COUNT]>),
    /// What both ends of a file's connection said.
    Conversation(Rc<Conversation>),
}

impl PacketAnalyzer {
    /// Returns what to show; `highlighted` is what is highlighted in all views.
    #[must_use]
    pub fn view(&self, context: &PacketsContext, highlighted: &Highlighted) -> View {
        // What is highlighted belongs to the connection, not to the file.
        let none = Highlighted::default();
        let highlighted = if self.file.is_some() { &none } else { highlighted };
        let capture = self.capture(context);
        let near = self.near_end(context);
        let records = self.tls_records(context);
        let list = capture.map(|it| {
            let selected = self.selected_index(it);
            ListView::of((near, it), &records, selected, &context.scroll, highlighted)
        });
        let panel = match &self.file {
            Some(file) => PanelView::Conversation(Rc::clone(file.conversation())),
            None => PanelView::Kernel(self.snapshot.tcp_info().map(KernelValue::all)),
        };
        View {
            source: SourceView::of(self, context, capture),
            list,
            detail: self.detail(context).map(|it| DetailView::of(&it, highlighted)),
            panel,
        }
    }
}
