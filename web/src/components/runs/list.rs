//! The list of the runs that are over, below the saved requests.

use page_model::Event;
use page_model::menu::Menu;
use page_model::runs::view::{Notice, Row, View};
use page_model::runs::{RunsAnchor, RunsEvent, UNDO_BUTTON};
use yew::prelude::*;

use super::menu::RunsMenu;
use super::requests::Requests;
use super::times;
use crate::components::context::{use_dispatch, use_lang};
use crate::components::menu::MenuButton;
use crate::components::sentence::{self, sign_symbol, tone_class};
use crate::i18n::{role, runs as i18n};
use crate::platform::date;

/// Properties of [`RunList`].
#[derive(PartialEq, Properties)]
pub struct RunListProps {
    /// The list.
    pub view: View,
}

/// Draws the saved requests, the list of runs, its menu and its notices.
#[component]
pub fn RunList(RunListProps { view }: &RunListProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let heading = RunsAnchor::List.heading_id();
    let undo = dispatch.reform(|_| Event::Runs(RunsEvent::UndoPressed));
    html! {
        <>
        <Requests view={view.requests.clone()} />
        <section aria-labelledby={heading}>
            <div class="head">
                <h2 id={heading}>{ i18n::heading(lang) }</h2>
                <MenuButton
                    menu={Menu::Runs}
                    is_open={view.is_menu_open}
                    sign="⋯"
                    label={i18n::menu(lang)}
                >
                    if view.is_menu_open {
                        <RunsMenu has_runs=true />
                    }
                </MenuButton>
            </div>
            <div class="told">
                if let Some(notice) = &view.notice {
                    <p key="notice">
                        { i18n::notice(lang, notice) }
                        if let Notice::Removed(_) | Notice::RequestRemoved(_) = notice {
                            <button type="button" id={UNDO_BUTTON} onclick={undo}>
                                { i18n::undo(lang) }
                            </button>
                        }
                    </p>
                }
                if let Some(text) = i18n::storage(lang, &view.storage) {
                    <p key="storage">{ text }</p>
                }
            </div>
            <ul>
                {
                    for view.rows.iter().map(|row| html! {
                        <RunRow key={row.summary.id.0} row={row.clone()} />
                    })
                }
            </ul>
        </section>
        </>
    }
}

/// Properties of [`RunRow`].
#[derive(PartialEq, Properties)]
struct RunRowProps {
    row: Row,
}

/// Draws a run in the list.
#[component]
fn RunRow(RunRowProps { row: Row { summary, is_shown } }: &RunRowProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let id = summary.id;
    let onclick = dispatch.reform(move |_| Event::Runs(RunsEvent::Chosen(id)));
    html! {
        <li>
            <button
                type="button"
                id={id.button_id()}
                title={date::local(summary.finished_ms)}
                aria-pressed={is_shown.to_string()}
                {onclick}
            >
                <span class={classes!("sign", tone_class(summary.tone))} aria-hidden="true">
                    { sign_symbol(summary.sign) }
                </span>
                <span class="heard">{ sentence::draw(lang, &summary.sentence) }</span>
                <span class="message">{ &summary.message }</span>
                <span class="took">{ times::tcp(&summary.times) }</span>
                <span class="of">
                    { &summary.target }{ " · " }{ role::how(lang, summary.role, summary.mode) }
                </span>
            </button>
        </li>
    }
}
