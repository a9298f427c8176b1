//! A part of the page's code that is loaded on demand.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use page_model::Event;
use page_model::loadable::{LoadError, Loadable};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::styles;
use crate::components::context::Dispatch;
use crate::components::placeholder::Placeholder;

/// The code of a part while it is being loaded.
pub(super) type LoadFuture<T> = Pin<Box<dyn Future<Output = Result<T, LoadError>>>>;

/// A part of the page's code that is loaded on demand. `T` is how the rest of the page calls it:
/// pointers to its functions.
#[derive(Clone)]
pub(super) struct LazyPart<T> {
    state: Rc<Cell<Loadable<T>>>,
    fetch: fn() -> LoadFuture<T>,
}

impl<T: Copy + 'static> LazyPart<T> {
    /// Returns a part whose code `fetch` loads.
    pub(super) fn new(fetch: fn() -> LoadFuture<T>) -> Self {
        Self { state: Rc::default(), fetch }
    }

    /// Returns the part if it is loaded. If nobody needed it before, starts to load it, and has the
    /// page drawn again when that is done.
    ///
    /// # Errors
    /// What to show in place of the part while it is not loaded. If loading has failed, this has a
    /// button to try it again.
    pub(super) fn get(&self, dispatch: &Dispatch) -> Result<T, Html> {
        match self.state.get() {
            Loadable::Loaded(part) => return Ok(part),
            Loadable::NotLoaded => self.start_loading(dispatch),
            Loadable::Loading | Loadable::Failed => {}
        }
        Err(self.placeholder(dispatch))
    }

    /// Loads the part and the style sheet of all parts, as far as they are not loaded yet.
    pub(super) fn load(&self) -> impl Future<Output = Result<T, LoadError>> + use<T> {
        let part = self.clone();
        if part.state.get().loaded().is_none() {
            part.state.set(Loadable::Loading);
        }
        async move {
            if let Loadable::Loaded(loaded) = part.state.get() {
                return Ok(loaded);
            }
            // Both travel at the same time. A part is not drawn before it can be as it should look.
            let styles = styles::load();
            let code = (part.fetch)().await;
            let result = styles.await.and(code);
            part.state.set(result.into());
            result
        }
    }

    /// Starts to load the part, and has the page drawn again when that is done.
    fn start_loading(&self, dispatch: &Dispatch) {
        let (loading, dispatch) = (self.load(), dispatch.clone());
        spawn_local(async move {
            // The state tells whether it could be loaded.
            let _ = loading.await;
            dispatch.emit(Event::DrawDue);
        });
    }

    fn placeholder(&self, dispatch: &Dispatch) -> Html {
        let has_failed = matches!(self.state.get(), Loadable::Failed);
        let (part, dispatch) = (self.clone(), dispatch.clone());
        let onretry = Callback::from(move |()| {
            part.start_loading(&dispatch);
            dispatch.emit(Event::DrawDue);
        });
        html! { <Placeholder {has_failed} {onretry} /> }
    }
}
