//! Two runs side by side.

use std::rc::Rc;

use page_model::runs::shown::{ComparedView, RepliesView};
use page_model::runs::summary::Summary;
use page_model::runs::{RunsAnchor, RunsEvent};
use page_model::transcript::Direction;
use page_model::{Event, Lang};
use yew::prelude::*;

use super::byte_sides::{SideLabel, byte_sides};
use super::times;
use crate::components::context::{use_dispatch, use_lang};
use crate::components::sentence::{self, sign_symbol, tone_class};
use crate::i18n::{composer, load_test, modes, role, runs as i18n};
use crate::platform::date;

/// What stands for a time that is not known.
const UNKNOWN: &str = "—";

/// Properties of [`ComparedRuns`].
#[derive(PartialEq, Properties)]
pub struct ComparedRunsProps {
    /// The runs.
    pub view: Rc<ComparedView>,
}

/// Draws two runs, and where their replies differ.
#[component]
pub fn ComparedRuns(ComparedRunsProps { view }: &ComparedRunsProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let close = dispatch.reform(|_| Event::Runs(RunsEvent::LatestPressed));
    html! {
        <section class="compared" aria-labelledby={RunsAnchor::Shown.heading_id()}>
            <div class="head">
                <h2 id={RunsAnchor::Shown.heading_id()}>{ i18n::compared(lang) }</h2>
                <button type="button" onclick={close}>{ i18n::close(lang) }</button>
            </div>
            { table(lang, &view.runs) }
            if let Some(view) = &view.replies {
                { replies(lang, view) }
            }
        </section>
    }
}

fn table(lang: Lang, runs: &[Rc<Summary>; 2]) -> Html {
    let time = |time: Option<String>| Html::from(time.unwrap_or_else(|| UNKNOWN.into()));
    let cells = |cell: &dyn Fn(&Summary) -> Html| [cell(&runs[0]), cell(&runs[1])];
    let rows = [
        (i18n::verdict(lang), cells(&|run| verdict(lang, run))),
        (modes::modes(lang), cells(&|run| role::how(lang, run.role, run.mode).into())),
        (composer::to(lang), cells(&|run| Html::from(&*run.target))),
        (composer::message(lang), cells(&|run| html! { <samp>{ &run.message }</samp> })),
        (load_test::TCP, cells(&|run| time(times::tcp(&run.times)))),
        (load_test::browser(lang), cells(&|run| time(times::browser(&run.times)))),
    ];
    html! {
        <table>
            <thead>
                <tr>
                    <td></td>
                    {
                        for runs.iter().enumerate().map(|(index, run)| html! {
                            <th key={index} scope="col">
                                { index + 1 }{ " · " }{ date::local(run.finished_ms) }
                            </th>
                        })
                    }
                </tr>
            </thead>
            <tbody>{ for rows.into_iter().map(row) }</tbody>
        </table>
    }
}

fn row((name, [one, other]): (&'static str, [Html; 2])) -> Html {
    html! { <tr key={name}><th scope="row">{ name }</th><td>{ one }</td><td>{ other }</td></tr> }
}

fn verdict(lang: Lang, run: &Summary) -> Html {
    html! {
        <span class={classes!("sign", tone_class(run.tone))}>
            { sign_symbol(run.sign) }{ " " }{ sentence::draw(lang, &run.sentence) }
        </span>
    }
}

fn replies(lang: Lang, RepliesView { sameness, bytes }: &RepliesView) -> Html {
    let label = |name| SideLabel { name, direction: Direction::Received };
    html! {
        <div>
            <p>{ i18n::sameness(lang, *sameness) }</p>
            { byte_sides(lang, bytes, [label("1"), label("2")]) }
        </div>
    }
}
