//! The packets of a connection, or of a capture file: a list, the selected packet, and a panel.
//!
//! This is a part of the page that is loaded on demand (`lazy.rs`). [`PART`] is its entry: nothing
//! else may lead to the code of the packet analyzer and of these components, or that code would be
//! in the page's first load.

mod detail;
mod file;
mod list;
mod observed;
mod octets;
mod panel;
mod source;
mod spot;

use page_model::Event;
use page_model::packets::view::View;
use page_model::packets::{PacketAnalyzer, PacketsEvent, PacketsPart};
use yew::prelude::*;

use super::context::use_dispatch;
use super::pointing::{Pointing, use_pointing};
use detail::Detail;
use list::List;
use panel::Panel;
use source::Source;

/// What the part consists of.
pub struct Part {
    /// Creates the packet analyzer, which the model holds.
    pub analyzer: fn() -> Box<dyn PacketsPart>,
    /// Draws what the packet analyzer shows.
    pub render: fn(View) -> Html,
}

/// The part.
pub static PART: Part = Part {
    analyzer: || Box::new(PacketAnalyzer::default()),
    render: |view| html! { <Packets {view} /> },
};

/// Properties of [`Packets`].
#[derive(PartialEq, Properties)]
struct PacketsProps {
    view: View,
}

/// Draws the packets.
#[component]
fn Packets(PacketsProps { view }: &PacketsProps) -> Html {
    let dispatch = use_dispatch();
    let Pointing { onpointermove, onpointerleave } =
        use_pointing(spot::of, |spot| Event::Packets(PacketsEvent::Hovered(spot)));
    let onclick = spot::selected(&dispatch);
    html! {
        <div class="packets" {onpointermove} {onpointerleave} {onclick}>
            <Source view={view.source.clone()} />
            if let Some(list) = &view.list {
                <List view={list.clone()} />
            }
            if let Some(detail) = &view.detail {
                <Detail view={detail.clone()} />
            }
            <Panel view={view.panel.clone()} />
        </div>
    }
}
