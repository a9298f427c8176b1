//! A step: what it is about, what to do here and in a terminal, and how it is.

use web_sys::HtmlSelectElement;
use yew::{Event as DomEvent, Html, TargetCast, classes, html};

use super::Parts;
use crate::components::command;
use crate::model::lesson::aside::Aside;
use crate::model::lesson::{BROKEN, LessonEvent, Said, Step, System};
use crate::shell::lesson::TITLE;
use echo_core::wire::EchoServer;

impl Parts<'_> {
    pub(super) fn step(&self, step: Step) -> Html {
        let words = &self.words.each[step as usize];
        html! {
            <>
                <div key="page" class="lesson-page">
                    <h2 key="title" id={TITLE} tabindex="-1">{ words.title }</h2>
                    <p key="about">{ words.about }</p>
                    <h3 key="on">{ self.words.here }</h3>
                    <p key="here">{ words.here }</p>
                    { self.servers(step) }
                    { self.fields(step) }
                </div>
                { self.code(step) }
                { self.terminal(step) }
                <div key="end" class="lesson-end">
                    { self.said(step) }
                    { self.way(step) }
                </div>
            </>
        }
    }

    /// The server that is chosen among those that misbehave.
    fn chosen(&self) -> Option<usize> {
        BROKEN.iter().position(|target| *target == self.model.target())
    }

    fn servers(&self, step: Step) -> Html {
        let one = |(server, target): (usize, &&'static str)| {
            let pressed = (self.chosen() == Some(server)).to_string();
            let met = self.model.lesson.progress.has_met(server);
            html! {
                <li key={server}>
                    <button type="button" aria-pressed={pressed}
                        onclick={self.on(move |_| LessonEvent::SetPressed(server))}>
                        <code lang="en">{ *target }</code>
                        <span>{ self.words.broken[server] }</span>
                        if met {
                            <span class="lesson-tick" role="img" aria-label={self.words.is_done}>{ "✓" }</span>
                        }
                    </button>
                </li>
            }
        };
        if step != Step::Break {
            return Html::default();
        }
        html! { <ul key="servers" class="lesson-servers">{ for BROKEN.iter().enumerate().map(one) }</ul> }
    }

    /// The fields are as the step sets them, or can be set again.
    fn fields(&self, step: Step) -> Html {
        let setup = self.model.setup();
        let is_set = (0..BROKEN.len()).any(|choice| step.setup(choice) == setup);
        let locked = self.model.how.is_locked();
        html! {
            <div key="fields" class="lesson-fields">
                if !is_set && locked {
                    <p key="locked">{ self.words.locked }</p>
                }
                if !is_set {
                    { self.button(self.words.set, || LessonEvent::SetPressed(0)) }
                }
                if self.model.lesson.has_own() {
                    { self.button(self.words.restore, || LessonEvent::RestorePressed) }
                }
            </div>
        }
    }

    fn terminal(&self, step: Step) -> Html {
        let system = self.model.lesson.system();
        let echo = self.model.bridge.echo().map_or("localhost:8888", |echo| &echo.address);
        let command = system.command(step, echo, self.chosen().unwrap_or(0));
        let is_own = self.model.bridge.info().is_some_and(|info| info.echo == EchoServer::Own);
        let offers = step == Step::Server && is_own && self.model.lesson.aside != Aside::Asked;
        html! {
            <div key="terminal" class="lesson-terminal">
                <div key="head" class="lesson-head">
                    <h3 key="in">{ self.words.in_terminal }</h3>
                    { self.systems(system) }
                </div>
                { command::view("", &command, self.model, self.emit) }
                <p key="note" class="lesson-note">{ (self.words.note)(step, system) }</p>
                if offers {
                    { self.button((self.words.own_server)(system), || LessonEvent::OwnServerWanted) }
                }
            </div>
        }
    }

    fn systems(&self, chosen: System) -> Html {
        let onchange = self.on(|event: DomEvent| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            let system = System::ALL.into_iter().find(|system| system.name() == value);
            LessonEvent::SystemChosen(system.unwrap_or_default())
        });
        let one = |system: System| {
            let name = system.name();
            html! { <option key={name} value={name} selected={system == chosen}>{ name }</option> }
        };
        html! {
            <select key="system" aria-label={self.words.system} {onchange}>
                { for System::ALL.map(one) }
            </select>
        }
    }

    /// How it is; told to those who do not see it as it changes.
    fn said(&self, step: Step) -> Html {
        let said = self.model.said(step);
        let (tone, sign) = match said {
            _ if self.model.lesson.progress.is_done(step) => ("good", "✓"),
            Said::Refused(_) | Said::NoBridge => ("bad", "✗"),
            _ => ("wait", "○"),
        };
        let whole = self.model.lesson.progress.is_whole();
        html! {
            <div key="said" aria-live="polite">
                <p key="said" class={classes!("lesson-said", tone)}>
                    <span aria-hidden="true">{ sign }</span>
                    <span>{ (self.words.said)(said) }</span>
                </p>
                if said == Said::Unseen {
                    { self.button(self.words.saw, || LessonEvent::SawHello) }
                }
                if whole && step == Step::Bytes {
                    <p key="finished">{ self.words.finished }</p>
                }
            </div>
        }
    }

    /// To the step before, and to the next.
    fn way(&self, step: Step) -> Html {
        let to = |step: Option<Step>, label| {
            let go = |step| self.button(label, move || LessonEvent::Chosen(step));
            step.map_or_else(|| html! { <span key={label}></span> }, go)
        };
        html! {
            <div key="way" class="lesson-way">
                { to(step.back(), self.words.back) }
                { to(step.next(), self.words.next) }
            </div>
        }
    }
}
