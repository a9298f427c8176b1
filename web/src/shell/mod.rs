//! What the runs, links and menus ask of the browser.

pub mod date;
pub mod echo;
pub mod files;
pub mod lesson;
pub mod links;
pub mod listeners;
pub mod menus;
pub mod runs;
pub mod storage;

use page_model::Event;
use page_model::link::LinkEvent;

/// What the page learns before it is first seen.
pub fn first_events() -> [Event; 4] {
    let opened = Event::Link(LinkEvent::Opened(links::fragment()));
    // The link comes last: it may open a step, which then counts on what was kept.
    let lesson = Event::Lesson(lesson::remembered());
    [Event::Menu(menus::remembered()), Event::Runs(runs::remembered()), lesson, opened]
}
