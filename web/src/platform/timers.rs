//! The timers that the model sets.

use std::collections::HashMap;

use gloo_timers::callback::Timeout;
use page_model::command::{Elapsed, Timer};

use super::browser;

/// The pending timers; those that elapsed stay until they are set or cancelled.
#[derive(Default)]
pub struct Timers(HashMap<Timer, Timeout>);

impl Timers {
    /// Sets a timer. It replaces a pending one of the same name.
    pub fn set(&mut self, timer: Timer, delay_ms: u32, elapsed: impl FnOnce(Elapsed) + 'static) {
        let timeout = Timeout::new(delay_ms, move || {
            let is_page_visible = browser::is_visible();
            elapsed(Elapsed { at: browser::now(), is_page_visible });
        });
        self.0.insert(timer, timeout);
    }

    /// Cancels a timer.
    pub fn cancel(&mut self, timer: Timer) {
        self.0.remove(&timer);
    }
}
