//! What the page says of terms on demand.

use page_model::menu::MenuEvent;
use page_model::topic::Topic;
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::context::{use_dispatch, use_lang};
use crate::i18n::glossary as i18n;

/// Properties of [`Glossary`].
#[derive(PartialEq, Properties)]
pub struct GlossaryProps {
    /// What is explained.
    pub topic: Topic,
}

/// Draws the explanation of terms.
#[component]
pub fn Glossary(GlossaryProps { topic }: &GlossaryProps) -> Html {
    let (lang, dispatch, topic) = (use_lang(), use_dispatch(), *topic);
    let onclick = dispatch.reform(move |_| Event::Menu(MenuEvent::TopicToggled(topic)));
    html! {
        <div class="glossary">
            { list(lang, topic) }
            <button type="button" {onclick}>{ i18n::close(lang) }</button>
        </div>
    }
}

fn list(lang: Lang, topic: Topic) -> Html {
    let entry = |(term, meaning): (&'static str, &'static str)| {
        html! { <div key={term}><dt>{ term }</dt><dd>{ meaning }</dd></div> }
    };
    html! { <dl>{ for i18n::entries(lang, topic).into_iter().map(entry) }</dl> }
}
