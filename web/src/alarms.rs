//! What is to happen after a while, each kind at most once.

use gloo_timers::callback::Timeout;
use yew::Callback;

use crate::browser;
use page_model::Event;
use page_model::connection_log::ConnectionLogEvent;
use page_model::lesson::LessonEvent;
use page_model::modes::ModesEvent;

/// What may be due.
#[derive(Clone, Copy)]
pub enum Alarm {
    /// To look at the clock.
    Tick,
    /// To look for the bridge.
    Poll,
    /// To say no longer that something was copied.
    Fade,
    /// To draw.
    Draw,
    /// To ask who is connected to the echo server.
    Ask,
    /// To look whose the echo server's port is.
    Look,
}

/// How many kinds there are.
const KINDS: usize = Alarm::Look as usize + 1;

/// The alarms that are set.
pub struct Alarms {
    emit: Callback<Event>,
    set: [Option<Timeout>; KINDS],
}

impl Alarms {
    /// None; once some are, their events go to `emit`.
    pub fn new(emit: Callback<Event>) -> Self {
        Self { emit, set: [const { None }; KINDS] }
    }

    /// Sets one, in place of the one of its kind that was set.
    pub fn set(&mut self, alarm: Alarm, after_ms: u32) {
        let emit = self.emit.clone();
        let timeout = Timeout::new(after_ms, move || emit.emit(alarm.event()));
        self.set[alarm as usize] = Some(timeout);
    }

    /// Takes one back.
    pub fn unset(&mut self, alarm: Alarm) {
        self.set[alarm as usize] = None;
    }
}

impl Alarm {
    fn event(self) -> Event {
        match self {
            Self::Tick => Event::Modes(ModesEvent::Ticked { at: browser::now() }),
            Self::Poll => Event::PollDue { visible: browser::is_visible() },
            Self::Fade => Event::CopiedFaded,
            Self::Draw => Event::DrawDue,
            Self::Ask => {
                Event::ConnectionLog(ConnectionLogEvent::AskDue { visible: browser::is_visible() })
            }
            Self::Look => Event::Lesson(LessonEvent::LookDue { visible: browser::is_visible() }),
        }
    }
}
