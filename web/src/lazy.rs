//! The parts of the page's code that are loaded on demand, so that the first load is small.
//!
//! With the feature `split`, `cargo xtask build` moves each part from the page's wasm to a file of
//! its own (`xtask/src/split.rs`): the code that only the part's [split point](split_point) refers
//! to, directly or through other functions. One call from anywhere else would move that code back
//! into what everybody loads. Therefore this module is the only one that refers to what the split
//! points name, and it gives the parts the whole model: their view models are built by code that is
//! loaded on demand, too. Without the feature, which is how trunk builds the page by itself, all code
//! is there from the start.

mod part;
mod styles;

use std::thread::LocalKey;

use page_model::inspector::filter::Filter;
use page_model::loadable::LoadError;
use page_model::menu::Menu;
use page_model::modes::Mode;
use page_model::packets::view::View;
use page_model::verdict::Fact;
use page_model::{Event, Lang, Model};
use wasm_bindgen_futures::spawn_local;
use yew::Html;

use crate::components::certificate;
use crate::components::composer::Parts;
use crate::components::composer::part::{PART as COMPOSER_PART, Part as ComposerPart};
use crate::components::context::Dispatch;
use crate::components::inspector::timeline::picture;
use crate::components::lab::{self, Hint, Lab};
use crate::components::menu::{self, HelpPart};
use crate::components::runs::{self, Runs};
use crate::components::verdict::{Later, exports, failure};
use crate::components::{connection_log, lesson, load_results, packets, server, text};
use part::LazyPart;

#[cfg(not(feature = "split"))]
use std::convert::Infallible as SplitLoaderError;
#[cfg(feature = "split")]
use wasm_split_helpers::SplitLoaderError;

/// Draws a region of the page.
type Draw = fn(&Model) -> Html;
/// Draws a region of the page that reports events.
type DrawWith = fn(&Model, &Dispatch) -> Html;

/// Declares a part: the variable that holds it, the name of its file, and what it consists of.
macro_rules! split_point {
    ($(#[$doc:meta])* static $part:ident: $type:ty = $file:ident($value:expr);) => {
        thread_local! {
            $(#[$doc])*
            static $part: LazyPart<$type> = LazyPart::new(|| {
                #[cfg(feature = "split")]
                #[wasm_split_helpers::wasm_split($file, fallible)]
                fn $file() -> Result<$type, SplitLoaderError> {
                    Ok($value)
                }

                #[cfg(not(feature = "split"))]
                async fn $file() -> Result<$type, SplitLoaderError> {
                    Ok($value)
                }

                Box::pin(async { $file().await.map_err(|_| LoadError) })
            });
        }
    };
}

split_point! {
    /// The guide of the lesson.
    static LESSON: Draw = lesson(lesson::draw);
}
split_point! {
    /// What the menu `?` shows, and the explanations of terms.
    static HELP: &'static HelpPart = help(&menu::HELP);
}
split_point! {
    /// The lab.
    static LAB: &'static Lab = lab(&lab::LAB);
}
split_point! {
    /// The list of finished runs, and what is shown of them.
    static RUNS: &'static Runs = runs(&runs::RUNS);
}
split_point! {
    /// The connections to the bridge's own echo server.
    static CONNECTIONS: Draw = connections(connection_log::list::draw);
}
split_point! {
    /// The settings and the results of a load test.
    static RESULTS: &'static load_results::Part = results(&load_results::PART);
}
split_point! {
    /// The tab Bytes, bytes as text, and of the Timeline its filter and the first bytes of a row.
    static BYTES: &'static text::Part = bytes(&text::PART);
}
split_point! {
    /// The settings of the message, a file that is attached, and what is told of a change or a link.
    static COMPOSER: &'static ComposerPart = composer(&COMPOSER_PART);
}
split_point! {
    /// What draws the Timeline as a picture, in SVG.
    static PICTURE: fn(&Model) -> String = picture(picture::svg);
}
split_point! {
    /// What can be copied of a run.
    static EXPORTS: Draw = exports(exports::draw);
}
split_point! {
    /// What is told of a failure, or of a reply that is not the one expected.
    static FAILURE: &'static failure::Part = failure(&failure::PART);
}
split_point! {
    /// What is told of a TLS connection, and its certificates.
    static CERTIFICATE: &'static certificate::Part = certificate(&certificate::PART);
}
split_point! {
    /// The packets: their state, which goes into the model, and what draws them.
    static PACKETS: &'static packets::Part = packets(&packets::PART);
}

split_point! {
    /// The page as a server: its state, which goes into the model, and what draws it.
    static SERVER: &'static server::Part = server(&server::PART);
}

/// Draws the guide of the lesson.
pub fn lesson_guide(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&LESSON, dispatch, |draw| draw(model))
}

/// Draws the panel of the menu `?`, if it is open.
pub fn help_panel(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    let is_open = model.menus.is_open(Menu::Help);
    is_open.then(|| draw(&HELP, dispatch, |help| (help.panel)(model)))
}

/// Draws the explanation of terms, if some are being explained.
pub fn glossary(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    model.menus.topic.map(|_| draw(&HELP, dispatch, |help| (help.glossary)(model)))
}

/// Draws the cards of the lab.
pub fn lab_cards(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&LAB, dispatch, |lab| (lab.cards)(model))
}

/// Draws the choice of a predicted outcome, if an outcome can be predicted.
pub fn lab_prediction(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    model.can_predict().then(|| draw(&LAB, dispatch, |lab| (lab.prediction)(model)))
}

/// Draws the explanation of the latest run, which was to a server of the lab and is over.
pub fn lab_explanation(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&LAB, dispatch, |lab| (lab.explanation)(model))
}

/// Draws the command that starts the server of the latest run in a terminal.
pub fn lab_command(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&LAB, dispatch, |lab| (lab.command)(model))
}

/// Returns the hint under To, if To names a server of the lab and the lab is loaded.
pub fn lab_hint(model: &Model, dispatch: &Dispatch) -> Option<Hint> {
    let fault = model.fault()?;
    let lab = LAB.with(|lab| lab.get(dispatch)).ok()?;
    Some((lab.hint)(model.lang, &fault))
}

/// Draws what of the composer is loaded on demand, as far as it is shown.
pub fn composer_parts(model: &Model, dispatch: &Dispatch) -> Parts {
    let part = |is_shown: bool, part: fn(&ComposerPart) -> DrawWith| {
        let draw_part = |all| part(all)(model, dispatch);
        if is_shown { draw(&COMPOSER, dispatch, draw_part) } else { Html::default() }
    };
    let composer = &model.composer;
    let is_load = model.modes.mode == Mode::Load && !model.is_server();
    let load_settings =
        is_load.then(|| draw(&RESULTS, dispatch, |part| (part.settings)(model, dispatch)));
    Parts {
        load_settings: load_settings.unwrap_or_default(),
        choices: part(composer.is_unfolded(), |all| all.choices),
        expected: part(model.expects_bytes(), |all| all.expected),
        attachment: part(composer.attachment().is_some(), |all| all.attachment),
        note: part(composer.has_note(), |all| all.note),
    }
}

/// Draws what is told about links, if anything is.
pub fn link_notices(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    let is_told = !model.opened_link.invalid.is_empty() || model.is_too_long_for_link();
    is_told.then(|| draw(&COMPOSER, dispatch, |part| (part.link_notices)(model, dispatch)))
}

/// Draws the list of requests and finished runs.
pub fn run_list(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&RUNS, dispatch, |runs| (runs.list)(model))
}

/// Draws what the menu of the list contains.
pub fn runs_menu(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&RUNS, dispatch, |runs| (runs.menu)(model))
}

/// Draws the finished runs that are shown in place of the latest one, if any are.
pub fn shown_runs(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    model.shows_finished_runs().then(|| draw(&RUNS, dispatch, |runs| (runs.shown)(model)))
}

/// Draws the connections to the bridge's own echo server, if their panel is open.
pub fn connections(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    model.connection_log.open.then(|| draw(&CONNECTIONS, dispatch, |draw| draw(model)))
}

/// Draws the tab Bytes.
pub fn bytes(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&BYTES, dispatch, |part| (part.bytes)(model))
}

/// Draws the bytes of the earlier run that is shown as text, if its connection was not recorded.
pub fn earlier_text(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    let is_shown = model.shows_finished_runs() && !model.shows_recorded_run();
    is_shown.then(|| draw(&BYTES, dispatch, |part| (part.earlier)(model)))
}

/// Draws the results of the load test, if its mode is chosen and one was started.
pub fn load_results(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    let is_shown = model.modes.mode == Mode::Load && model.modes.load.is_some();
    is_shown.then(|| draw(&RESULTS, dispatch, |part| (part.results)(model)))
}

/// Draws what the rows of the Timeline are filtered by.
pub fn filter(lang: Lang, filter: &Filter, dispatch: &Dispatch) -> Html {
    draw(&BYTES, dispatch, |part| (part.filter)(lang, dispatch, filter))
}

/// Draws the first bytes of the highlighted row of the Timeline.
pub fn preview(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&BYTES, dispatch, |part| (part.preview)(model))
}

/// Draws what of the verdict's facts is loaded on demand.
pub fn facts<'a>(lang: Lang, facts: impl Iterator<Item = &'a Fact>, dispatch: &Dispatch) -> Later {
    let mut later = Later::default();
    for fact in facts {
        match fact {
            Fact::Reason(why) | Fact::End { reason: Some(why), .. } if why.is_told_by_bridge() => {
                later.reason = draw(&FAILURE, dispatch, |part| (part.reason)(lang, why));
            }
            Fact::Diagnosis(likely) => {
                later.diagnosis = draw(&FAILURE, dispatch, |part| (part.diagnosis)(lang, likely));
            }
            _ => {}
        }
    }
    later
}

/// Draws what can be copied of the run that the verdict is on.
pub fn exports(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&EXPORTS, dispatch, |draw| draw(model))
}

/// Draws what is said of the TLS connection that is shown, or why there is none.
pub fn secured(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    model.has_tls().then(|| draw(&CERTIFICATE, dispatch, |part| (part.line)(model, dispatch)))
}

/// Draws the button that connects without verification.
pub fn unverified(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&CERTIFICATE, dispatch, |part| (part.unverified)(model, dispatch))
}

/// Draws the certificates of the TLS connection that is shown, if they are to be seen.
pub fn certificates(model: &Model, dispatch: &Dispatch) -> Option<Html> {
    let is_shown = model.is_certificate_open && model.has_tls();
    is_shown.then(|| draw(&CERTIFICATE, dispatch, |part| (part.certificates)(model)))
}

/// Returns the function that draws the Timeline as a picture.
///
/// # Errors
/// What to show while it is not loaded.
pub fn picture(dispatch: &Dispatch) -> Result<fn(&Model) -> String, Html> {
    PICTURE.with(|picture| picture.get(dispatch))
}

/// Loads the finished runs, and reports their state to `dispatch`, or that they could not be loaded.
pub fn load_runs(dispatch: Dispatch) {
    let loading = RUNS.with(LazyPart::load);
    spawn_local(async move {
        let part = loading.await;
        dispatch.emit(Event::RunsLoaded(part.map(|part| (part.state)())));
    });
}

/// Loads the packets, and reports their analyzer to `dispatch`, or that they could not be loaded.
pub fn load_packets(dispatch: Dispatch) {
    let loading = PACKETS.with(LazyPart::load);
    spawn_local(async move {
        let part = loading.await;
        dispatch.emit(Event::PacketsLoaded(part.map(|part| (part.analyzer)())));
    });
}

/// Loads the page's code as a server, and reports its state to `dispatch`, or that it could not be
/// loaded.
pub fn load_server(dispatch: Dispatch) {
    let loading = SERVER.with(LazyPart::load);
    spawn_local(async move {
        let part = loading.await;
        dispatch.emit(Event::ServerLoaded(part.map(|part| (part.state)())));
    });
}

/// Draws where the page listens as a server, and how it answers.
pub fn server_setup(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&SERVER, dispatch, |part| (part.setup)(model))
}

/// Draws the button that sends a message to the connection that is selected.
pub fn server_send(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&SERVER, dispatch, |part| (part.send)(model))
}

/// Draws the state of the listener, and the connections.
pub fn server_panel(model: &Model, dispatch: &Dispatch) -> Html {
    draw(&SERVER, dispatch, |part| (part.panel)(model))
}

/// Draws what the packet analyzer shows.
pub fn packets(view: View, dispatch: &Dispatch) -> Html {
    draw(&PACKETS, dispatch, |part| (part.render)(view))
}

/// Draws a part by `draw`, or what stands in its place while it is not loaded.
fn draw<T: Copy>(
    part: &'static LocalKey<LazyPart<T>>,
    dispatch: &Dispatch,
    draw: impl FnOnce(T) -> Html,
) -> Html {
    part.with(|part| part.get(dispatch)).map_or_else(|placeholder| placeholder, draw)
}
