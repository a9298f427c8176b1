//! What the runs, links and menus ask of the browser.

pub mod date;
pub mod files;
pub mod links;
pub mod listeners;
pub mod menus;
pub mod runs;
mod storage;

use crate::model::Event;
use crate::model::link::LinkEvent;

/// What the page learns before it is first seen.
pub fn first_events() -> [Event; 3] {
    let opened = Event::Link(LinkEvent::Opened(links::fragment()));
    [Event::Menu(menus::remembered()), Event::Runs(runs::remembered()), opened]
}
