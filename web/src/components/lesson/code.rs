//! The tutorial's client: its lines are marked as they run.

use echo_core::Exchange;
use echo_core::lines::TUTORIAL_MESSAGE;
use yew::{Html, classes, html};

use super::Parts;
use crate::model::Event;
use crate::model::expect::Expect;
use crate::model::how::Way;
use crate::model::lesson::Step;
use crate::model::lesson::code::{CODE, CodeLine, Does, Lit};
use crate::model::program::{self, Language};
use crate::model::view::entry::Entry;

impl Parts<'_> {
    pub(super) fn code(&self, step: Step) -> Html {
        if step != Step::Client {
            return Html::default();
        }
        let lit = self.lit();
        html! {
            <div key="program" class="lesson-program">
                <pre key="code" class="lesson-code" lang="en" aria-label={self.words.program} tabindex="0">
                    { for CODE.iter().enumerate().map(|(number, line)| one(number, line, &lit)) }
                </pre>
                { self.copy_program() }
            </div>
        }
    }

    /// What of it has run: up to the row that is replayed, if one is.
    fn lit(&self) -> Lit {
        let model = self.model;
        let up_to = model.view.step().and_then(|_| model.view.held_entry());
        let run = model.run.as_ref().filter(|_| model.how.way == Way::Once);
        run.map(|run| Lit::of(run, up_to.map(Entry::last_row))).unwrap_or_default()
    }

    fn copy_program(&self) -> Html {
        let echo = self.model.bridge.echo().map_or("localhost:8888", |echo| &echo.address);
        let hello = Exchange::new(TUTORIAL_MESSAGE.to_vec());
        let program = program::write(Language::Rust, echo, &hello, Expect::Same);
        let text = program.unwrap_or_default();
        let words = self.model.lang.words();
        let label = match &self.model.copied {
            Some((copied, true)) if *copied == text => words.copied,
            Some((copied, false)) if *copied == text => words.not_copied,
            _ => self.words.copy_program,
        };
        let onclick = self.emit.reform(move |_| Event::CopyPressed(text.clone()));
        html! { <button key="copy" class="quiet" type="button" {onclick}>{ label }</button> }
    }
}

fn one(number: usize, line: &CodeLine, lit: &Lit) -> Html {
    let runs = line.does != Does::Nothing;
    let now = runs && lit.now() == Some(line.does);
    let ran = runs && lit.has(line.does);
    let class =
        classes!(DEPTHS[usize::from(line.depth)], ran.then_some("ran"), now.then_some("now"));
    html! {
        <span key={number} {class} aria-current={now.then_some("step")}>{ line.text }{ "\n" }</span>
    }
}

/// How far a line is indented: the page's policy lets no style stand in an attribute.
const DEPTHS: [&str; 2] = ["depth-0", "depth-1"];
