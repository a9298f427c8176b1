//! What can be taken along of a run: the command that does the same, and programs.

use std::rc::Rc;

use page_model::Lang;
use page_model::verdict::Exports;
use yew::prelude::*;

use crate::components::command::CommandLine;
use crate::components::context::Copied;
use crate::components::copy::CopyButton;
use crate::i18n::next_step as i18n;

/// Draws the command and the buttons that copy the programs.
pub fn exports(lang: Lang, copied: &Copied, exports: &Exports) -> Html {
    let programs = &exports.programs;
    html! {
        <div key="take" class="take">
            if let Some(command) = &exports.command {
                <CommandLine
                    lead={i18n::in_terminal(lang)}
                    command={Rc::clone(command)}
                    state={copied.state(command)}
                />
            }
            <details key="programs" class="programs">
                <summary>
                    { i18n::copy_as(lang) }
                    <span aria-hidden="true">{ " ▾" }</span>
                </summary>
                if programs.is_empty() {
                    { i18n::too_long(lang) }
                } else {
                    <div>
                        {
                            for programs.iter().map(|(language, text)| html! {
                                <CopyButton
                                    key={language.name()}
                                    text={Rc::clone(text)}
                                    state={copied.state(text)}
                                    label={language.name()}
                                />
                            })
                        }
                    </div>
                }
            </details>
        </div>
    }
}
