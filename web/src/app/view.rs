//! The page: which regions it has, and the view that each of them shows.

use page_model::dom::MAIN_ID;
use page_model::inspector::TimelineExport;
use page_model::inspector::view::Panel;
use page_model::loadable::Loadable;
use page_model::menu::{Menu, MenuEvent};
use page_model::verdict::{CopyMenu, NextStep, Why};
use page_model::{Event, Lang, Model};
use yew::prelude::*;

use crate::components::composer::{Composer, ServerSetup};
use crate::components::connection_log::ConnectionLog;
use crate::components::context::{ClockStep, Copied, Dispatch, OpenTopic};
use crate::components::header::Header;
use crate::components::inspector::Inspector;
use crate::components::inspector::timeline::Later;
use crate::components::lesson::LessonRegion;
use crate::components::menu::MenuButton;
use crate::components::placeholder::Placeholder;
use crate::components::topic::EXPLANATION_ID;
use crate::components::verdict::Verdict;
use crate::i18n::{self, header, topic};
use crate::lazy;

/// Draws the page. A region whose view is as before is not rendered again.
pub fn page(model: &Model, clock_step: f64, dispatch: &Dispatch) -> Html {
    html! {
        <ContextProvider<Lang> context={model.lang}>
            <ContextProvider<Dispatch> context={dispatch.clone()}>
                <ContextProvider<ClockStep> context={ClockStep(clock_step)}>
                    <ContextProvider<Copied> context={Copied(model.copied.clone())}>
                        <ContextProvider<OpenTopic> context={OpenTopic(model.menus.topic)}>
                            { regions(model, dispatch) }
                        </ContextProvider<OpenTopic>>
                    </ContextProvider<Copied>>
                </ContextProvider<ClockStep>>
            </ContextProvider<Dispatch>>
        </ContextProvider<Lang>>
    }
}

/// Draws the regions of the page.
fn regions(model: &Model, dispatch: &Dispatch) -> Html {
    html! {
        <>
            <Header
                is_lesson_open={model.lesson.step.is_some()}
                link={model.copy_link_view()}
                help={lazy::help_panel(model, dispatch)}
            />
            <main id={MAIN_ID} tabindex="-1">
                { lesson(model, dispatch) }
                { composer(model, dispatch) }
                <div key="happened" class="happened">
                    { happened(model, dispatch) }
                    if model.shows_connection_log() {
                        <ConnectionLog key="connection-log" is_open={model.connection_log.open}>
                            { lazy::connections(model, dispatch).unwrap_or_default() }
                        </ConnectionLog>
                    }
                </div>
                <div key="runs" class="runs">
                    { lazy::link_notices(model, dispatch).unwrap_or_default() }
                    { runs(model, dispatch) }
                </div>
            </main>
            <aside id={EXPLANATION_ID} aria-live="polite" aria-label={topic::explanations(model.lang)}>
                { lazy::glossary(model, dispatch).unwrap_or_default() }
            </aside>
            if model.menus.is_presenting {
                { leave_presentation(model.lang, dispatch) }
            }
        </>
    }
}

/// Draws the list of requests and runs or, before there are any, the menu by which they come.
fn runs(model: &Model, dispatch: &Dispatch) -> Html {
    if model.has_run_list() {
        return runs_part(model, dispatch, lazy::run_list);
    }
    let is_open = model.is_runs_menu_open();
    html! {
        <MenuButton menu={Menu::Runs} {is_open} sign="⋯" label={i18n::runs::menu(model.lang)}>
            if is_open {
                { runs_part(model, dispatch, lazy::runs_menu) }
            }
        </MenuButton>
    }
}

/// Draws something of the runs, or what stands in its place until they are loaded.
fn runs_part(model: &Model, dispatch: &Dispatch, draw: fn(&Model, &Dispatch) -> Html) -> Html {
    let draw = |()| draw(model, dispatch);
    once_loaded(model.runs_part(), dispatch, || Event::RunsRetryPressed, draw)
}

/// Draws what is loaded, or what stands in its place until it is.
fn once_loaded<T>(
    part: Loadable<T>,
    dispatch: &Dispatch,
    retry: fn() -> Event,
    draw: impl FnOnce(T) -> Html,
) -> Html {
    match part {
        Loadable::Loaded(part) => draw(part),
        other => {
            let has_failed = matches!(other, Loadable::Failed);
            let onretry = dispatch.reform(move |()| retry());
            html! { <Placeholder {has_failed} {onretry} /> }
        }
    }
}

/// Draws the button that leaves the presentation mode, in which there is no header.
fn leave_presentation(lang: Lang, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.reform(|_| Event::Menu(MenuEvent::PresentSwitched(false)));
    html! {
        <button key="leave" type="button" class="leave" {onclick}>{ header::leave(lang) }</button>
    }
}

/// Draws the lesson while it is open.
fn lesson(model: &Model, dispatch: &Dispatch) -> Html {
    if model.lesson.step.is_none() {
        return Html::default();
    }
    let guide = lazy::lesson_guide(model, dispatch);
    html! { <LessonRegion key="lesson">{ guide }</LessonRegion> }
}

/// Draws the composer.
fn composer(model: &Model, dispatch: &Dispatch) -> Html {
    let target = model.target_view();
    // As a server the page has no target: nothing is loaded for one.
    let is_client = !model.is_server();
    let cards = (is_client && target.is_lab_open).then(|| lazy::lab_cards(model, dispatch));
    let hint = is_client.then(|| lazy::lab_hint(model, dispatch));
    let prediction = is_client.then(|| lazy::lab_prediction(model, dispatch));
    html! {
        <Composer
            key="composer"
            role={model.role_view()}
            server={model.is_server().then(|| server_setup(model, dispatch))}
            {target}
            lab_hint={hint.flatten()}
            lab_cards={cards.unwrap_or_default()}
            switch={model.switch_view()}
            message={model.message_view()}
            parts={lazy::composer_parts(model, dispatch)}
            prediction={prediction.flatten().unwrap_or_default()}
            buttons={model.buttons_view()}
        />
    }
}

/// Draws what the page is set up with as a server.
fn server_setup(model: &Model, dispatch: &Dispatch) -> ServerSetup {
    ServerSetup {
        setup: server_part(model, dispatch, lazy::server_setup),
        send: model.needs_message().then(|| lazy::server_send(model, dispatch)),
    }
}

/// Draws something of the page as a server, or what stands in its place until its state is there.
fn server_part(model: &Model, dispatch: &Dispatch, draw: fn(&Model, &Dispatch) -> Html) -> Html {
    let draw = |()| draw(model, dispatch);
    once_loaded(model.server_part(), dispatch, || Event::ServerRetryPressed, draw)
}

/// Draws what happened: the finished runs that the user opened, or what is in progress or was last.
fn happened(model: &Model, dispatch: &Dispatch) -> Html {
    if let Some(shown) = lazy::shown_runs(model, dispatch) {
        let inspector = model.shows_recorded_run().then(|| inspector(model, dispatch));
        let text = lazy::earlier_text(model, dispatch).unwrap_or_default();
        let secured = lazy::secured(model, dispatch).unwrap_or_default();
        let certificates = lazy::certificates(model, dispatch).unwrap_or_default();
        return html! {
            <>{ shown }{ secured }{ certificates }{ inspector.unwrap_or_default() }{ text }</>
        };
    }
    if model.is_server() {
        let is_shown = model.record().is_some() || model.packets.has_file();
        return html! {
            <>
                { server_part(model, dispatch, lazy::server_panel) }
                if is_shown {
                    { inspector(model, dispatch) }
                }
            </>
        };
    }
    html! {
            <>
                { verdict(model, dispatch) }
                { lazy::certificates(model, dispatch).unwrap_or_default() }
                { lazy::load_results(model, dispatch).unwrap_or_default() }
                { inspector(model, dispatch) }
            </>
    }
}

/// Draws the verdict.
fn verdict(model: &Model, dispatch: &Dispatch) -> Html {
    let view = model.verdict_view();
    let why = Some(&view.why).filter(|why| why.is_open);
    let draw = |has: fn(&Why) -> bool, draw: fn(&Model, &Dispatch) -> Html| {
        why.filter(|why| has(why)).map(|_| draw(model, dispatch)).unwrap_or_default()
    };
    let explanation = draw(|why| why.has_explanation, lazy::lab_explanation);
    let lab_server = draw(|why| why.next_steps.contains(&NextStep::LabServer), lazy::lab_command);
    let exports = match view.copy_menu {
        CopyMenu::Open => lazy::exports(model, dispatch),
        CopyMenu::Closed | CopyMenu::Absent => Html::default(),
    };
    let secured = lazy::secured(model, dispatch).unwrap_or_default();
    let unverified = if view.next_steps.contains(&NextStep::ConnectUnverified) {
        lazy::unverified(model, dispatch)
    } else {
        Html::default()
    };
    let later = lazy::facts(model.lang, view.facts.iter().chain(&view.why.facts), dispatch);
    html! {
        <Verdict
            key="verdict"
            {view}
            {explanation}
            {lab_server}
            {exports}
            {secured}
            {unverified}
            {later}
        />
    }
}

/// Draws Timeline, Bytes and Packets; a load test has nothing for them, but a file does.
fn inspector(model: &Model, dispatch: &Dispatch) -> Html {
    let Some(view) = model.inspector_view() else { return Html::default() };
    let part = match view.panel {
        Panel::Packets => packets(model, dispatch),
        Panel::Bytes => lazy::bytes(model, dispatch),
        Panel::Empty | Panel::Timeline(_) => Html::default(),
    };
    let later = later(&view.panel, model, dispatch);
    html! { <Inspector key="views" {view} {later}>{ part }</Inspector> }
}

/// Draws what of the Timeline is loaded on demand, as far as it is shown.
fn later(panel: &Panel, model: &Model, dispatch: &Dispatch) -> Later {
    let Panel::Timeline(timeline) = panel else { return Later::default() };
    let has_preview = timeline.frame.as_ref().is_some_and(|frame| frame.footer.has_preview);
    let is_drawing = model.inspector.export == TimelineExport::Drawing;
    let filter = timeline.filter.as_ref();
    let filter = filter.map(|filter| lazy::filter(model.lang, filter, dispatch));
    Later {
        filter: filter.unwrap_or_default(),
        preview: if has_preview { lazy::preview(model, dispatch) } else { Html::default() },
        picture: is_drawing.then(|| lazy::picture(dispatch).err()).flatten().unwrap_or_default(),
    }
}

/// Draws the packets, or what stands in their place until they are loaded.
fn packets(model: &Model, dispatch: &Dispatch) -> Html {
    let draw = |view| lazy::packets(view, dispatch);
    once_loaded(model.packets_view(), dispatch, || Event::PacketsRetryPressed, draw)
}
