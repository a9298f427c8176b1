//! Watches how high an element is.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

/// Watches the height of an element until it is dropped.
pub struct HeightObserver {
    observer: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl HeightObserver {
    /// Reports the height to `report`, in pixels, now and whenever it changes.
    pub fn new(element: &Element, report: impl Fn(f64) + 'static) -> Option<Self> {
        let watched = element.clone();
        let on_resize = Closure::<dyn FnMut()>::new(move || {
            let height = watched.client_height();
            // A pane that is not displayed has no height.
            if height > 0 {
                report(f64::from(height));
            }
        });
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _on_resize: on_resize })
    }
}

impl Drop for HeightObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
