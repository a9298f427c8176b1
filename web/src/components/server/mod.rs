//! The page as a server: what is set up on the left, and who connected on the right. It is loaded on
//! demand.

mod connections;
mod panel;
mod setup;
mod state;

use page_model::Model;
use page_model::server::{ServerPart, ServerState};
use yew::prelude::*;

use panel::Panel;
use setup::{Send, Setup};

/// The functions of this region.
pub struct Part {
    /// Draws where to listen, and how to answer.
    pub setup: fn(&Model) -> Html,
    /// Draws the button that sends a message by hand.
    pub send: fn(&Model) -> Html,
    /// Draws the state of the listener, and the connections.
    pub panel: fn(&Model) -> Html,
    /// Creates their state.
    pub state: fn() -> Box<dyn ServerPart>,
}

/// The region. Only `lazy` may refer to this.
pub static PART: Part = Part { setup, send, panel, state };

fn state() -> Box<dyn ServerPart> {
    Box::new(ServerState::default())
}

fn setup(model: &Model) -> Html {
    model.server_setup_view().map(|view| html! { <Setup {view} /> }).unwrap_or_default()
}

fn send(model: &Model) -> Html {
    let view = model.server_by_hand_view();
    view.map(|view| html! { <Send {view} /> }).unwrap_or_default()
}

fn panel(model: &Model) -> Html {
    model.server_panel_view().map(|view| html! { <Panel {view} /> }).unwrap_or_default()
}
