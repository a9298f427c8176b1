//! How one bridge serves a class, and what that opens to others.

use page_model::Lang;
use page_model::class::{ClassAddress, ClassView};
use page_model::copy::CopyableText;
use yew::prelude::*;

use crate::components::command::CommandLine;
use crate::i18n::class as i18n;

/// Shows the section.
pub fn class(lang: Lang, view: &ClassView) -> Html {
    let open = i18n::open(lang, view.start.is_none());
    html! {
        <section class="class">
            <h2>{ i18n::heading(lang) }</h2>
            if let Some(start) = &view.start {
                { command(i18n::start(lang, start.is_restart), &start.command) }
            }
            {
                match &view.address {
                    ClassAddress::Known(address) => command(open, address),
                    ClassAddress::Unknown { port, query } => html! {
                        <p>{ open }{ " " }<strong>{ i18n::unknown_address(lang, *port, query) }</strong></p>
                    },
                    ClassAddress::Printed => html! { <p>{ i18n::printed_address(lang) }</p> },
                }
            }
            <p>{ i18n::sharing(lang, view.echo_log) }</p>
            <p>
                { i18n::permissions(lang, view.has_token) }
                { " " }
                if view.is_plain {
                    { i18n::plain(lang) }
                }
            </p>
        </section>
    }
}

fn command(lead: &'static str, CopyableText { text, state }: &CopyableText) -> Html {
    html! { <CommandLine {lead} command={text.clone()} state={*state} /> }
}
