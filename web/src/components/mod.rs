//! How the page looks: a file for each part. What is shown goes in, events come out.

pub mod callbacks;
pub mod command;
pub mod composer;
pub mod connection_log;
pub mod context;
pub mod copy;
pub mod expect;
pub mod field;
pub mod file;
pub mod header;
pub mod inspector;
pub mod lab;
pub mod lesson;
pub mod link;
pub mod load_results;
pub mod menu;
pub mod message;
pub mod modes;
pub mod packets;
pub mod placeholder;
pub mod preview;
pub mod runs;
pub mod sentence;
pub mod settings;
pub mod verdict;
pub mod views;

use yew::{Callback, MouseEvent};

use crate::platform::browser;
use page_model::Event;
use page_model::time::PageTime;

/// Hears of presses: each makes an event of the time.
pub fn pressed(emit: &Callback<Event>, event: fn(PageTime) -> Event) -> Callback<MouseEvent> {
    emit.reform(move |_| event(browser::now()))
}
