//! What every component may use without having it passed as a property.

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
