//! The parts of the page that come only when somebody wants them, so that nobody waits for what
//! others need.
//!
//! A part is what one function returns: pointers to functions, to which nothing else leads. With the
//! feature `split` that function, and all that it alone leads to, is cut out of the page's wasm
//! (`xtask/src/split.rs`); without, everything is there from the start, and `trunk serve` needs no
//! more than trunk.

use std::cell::Cell;
use std::thread::LocalKey;

use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html};

use crate::components::inspector::timeline::picture;
use crate::components::packets::Packets;
use crate::components::{lab, lesson, packets};
use crate::tag::{button, tag};
use page_model::{Event, Model};

/// How something of the page looks.
pub type View = fn(&Model, &Callback<Event>) -> Html;

/// A part of the page, as far as it is there.
#[derive(Clone, Copy, Debug, Default)]
enum Part<T> {
    /// Nobody has wanted it yet.
    #[default]
    Unwanted,
    /// It is on its way.
    Coming,
    /// It could not be loaded: the bridge is gone, or has another page by now.
    NotLoaded,
    /// It is there, for as long as the page is.
    Here(T),
}

/// A part could not be loaded.
#[derive(Clone, Copy, Debug)]
struct NotLoaded;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares the parts: each with its file of wasm, named as its function is, and its place.
macro_rules! parts {
    ($($(#[$doc:meta])* $load:ident -> $type:ty, $place:ident, $get:ident: $part:expr;)*) => {
        thread_local! {$( static $place: Cell<Part<$type>> = Cell::default(); )*}
        $(
            #[cfg(feature = "split")]
            #[wasm_split_helpers::wasm_split($load, fallible)]
            fn $load() -> Result<$type, NotLoaded> {
                Ok($part)
            }

            #[cfg(not(feature = "split"))]
            async fn $load() -> Result<$type, NotLoaded> {
                Ok($part)
            }

            $(#[$doc])*
            ///
            /// # Errors
            /// While it is not there, what is to be seen in its place.
            pub fn $get(model: &Model, emit: &Callback<Event>) -> Result<$type, Html> {
                here(&$place, $load, model, emit)
            }
        )*
    };
}

parts! {
    /// What the lesson's guide shows.
    lesson -> View, LESSON, guide: lesson::guide;
    /// What the lab says and shows.
    lab -> &'static lab::Lab, LAB, laboratory: &lab::LAB;
    /// What draws the Timeline as a picture.
    picture -> fn(&Model, f64) -> String, PICTURE, picture_of: picture::svg;
    /// What makes the view of packets.
    packets -> fn() -> Box<dyn Packets>, PACKETS, packets_view: packets::new;
}

/// The part, if it is there; else it is loaded, and `emit` told to draw when it came, or did not.
fn here<T: Copy + 'static, F: Future<Output = Result<T, NotLoaded>> + 'static>(
    place: &'static LocalKey<Cell<Part<T>>>,
    load: fn() -> F,
    model: &Model,
    emit: &Callback<Event>,
) -> Result<T, Html> {
    match place.get() {
        Part::Here(part) => return Ok(part),
        Part::NotLoaded => return Err(missing(place, model, emit)),
        Part::Coming => {}
        Part::Unwanted => {
            place.set(Part::Coming);
            let emit = emit.clone();
            spawn_local(async move {
                place.set(load().await.map_or(Part::NotLoaded, Part::Here));
                emit.emit(Event::DrawDue);
            });
        }
    }
    Err(tag("p").key("coming").class("coming").child("…").html())
}

/// What there is to see of a part that could not be loaded.
fn missing<T>(
    place: &'static LocalKey<Cell<Part<T>>>,
    model: &Model,
    emit: &Callback<Event>,
) -> Html {
    let words = crate::i18n::of(model.lang);
    let again = emit.reform(move |_| {
        place.set(Part::Unwanted);
        Event::DrawDue
    });
    tag("p")
        .key("missing")
        .class("coming")
        .set("role", "alert")
        .child(words.not_loaded)
        .child(" ")
        .child(button().onclick(again).child(words.try_again))
        .html()
}
