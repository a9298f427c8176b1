//! What every component may use without having it passed as a property.

use std::rc::Rc;

use page_model::command::CopiedText;
use page_model::copy::CopyState;
use page_model::topic::Topic;
use page_model::{Event, Lang};
use yew::prelude::*;

/// Reports what the user does. It is the same callback for as long as the page is open.
pub type Dispatch = Callback<Event>;

/// Returns the language of the page.
#[hook]
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// Returns the callback that reports what the user does.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().unwrap_or_default()
}

/// The terms that are being explained.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OpenTopic(pub Option<Topic>);

/// Returns which terms are being explained.
#[hook]
pub fn use_topic() -> Option<Topic> {
    use_context::<OpenTopic>().unwrap_or_default().0
}

/// The step in which the page's clock advances, in milliseconds: no digit below it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClockStep(pub f64);

/// Returns the step in which the page's clock advances.
#[hook]
pub fn use_clock_step() -> ClockStep {
    use_context::<ClockStep>().unwrap_or_default()
}

/// The text that was copied last and whether that succeeded, until the buttons stop saying so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copied(pub Option<Rc<CopiedText>>);

impl Copied {
    /// Returns the state of the button that copies this text.
    pub fn state(&self, text: &str) -> CopyState {
        CopyState::of(text, self.0.as_deref())
    }
}

/// Returns what was copied last.
#[hook]
pub fn use_copied() -> Copied {
    use_context::<Copied>().unwrap_or_default()
}
