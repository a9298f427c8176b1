//! A command for a terminal, with a button that copies it.

use page_model::copy::CopyState;
use yew::prelude::*;

use super::context::use_lang;
use super::copy::CopyButton;
use crate::i18n::copy as i18n;

/// Properties of [`CommandLine`].
#[derive(PartialEq, Properties)]
pub struct CommandLineProps {
    /// The words that introduce the command.
    pub lead: AttrValue,
    /// The command, or something else that is typed elsewhere, such as a URL.
    pub command: AttrValue,
    /// Whether the command was copied lately.
    pub state: CopyState,
}

/// Draws a command after the words that introduce it.
#[component]
pub fn CommandLine(CommandLineProps { lead, command, state }: &CommandLineProps) -> Html {
    let label = i18n::copy(use_lang());
    html! {
        <p class="command">
            <span>{ lead }</span>
            <code lang="en">{ for command.split_inclusive(' ').enumerate().map(word) }</code>
            <CopyButton text={command.clone()} state={*state} {label} />
        </p>
    }
}

/// Shows a word of a command. Lines do not break inside an option: a reader would type `--keep-` and
/// `open`.
fn word((index, word): (usize, &str)) -> Html {
    let class = word.starts_with('-').then_some("option");
    html! { <span key={index} {class}>{ word }</span> }
}
