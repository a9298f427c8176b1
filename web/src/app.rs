//! The one stateful component: owns the model, and carries out what it wants done.

use gloo_timers::callback::Timeout;
use yew::{Callback, Component, Context, Html, NodeRef, html};

use crate::browser;
use crate::components::{composer, header, timeline, verdict};
use crate::model::effect::{COPIED_MS, POLL_MS};
use crate::model::{self, Effect, Event, Field, Model, Wrong};
use crate::session::Session;

/// The page.
pub struct App {
    model: Model,
    session: Option<Session>,
    poll: Option<Timeout>,
    fade: Option<Timeout>,
    fields: Fields,
    focus: Option<Wrong>,
    clock_step: f64,
}

/// Where the fields are, to put the focus into them.
#[derive(Default)]
pub struct Fields {
    /// To.
    pub to: NodeRef,
    /// Message.
    pub message: NodeRef,
    /// What should come back.
    pub these: NodeRef,
}

impl Component for App {
    type Message = Event;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let (model, effects) = Model::new(browser::language(), browser::origin());
        browser::declare_language(model.lang);
        let mut app = Self {
            model,
            session: None,
            poll: None,
            fade: None,
            fields: Fields::default(),
            focus: None,
            clock_step: browser::clock_step(),
        };
        app.carry_out(ctx, effects);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        let of_session = matches!(event, Event::Session { .. });
        let shown = self.model.progress();
        let effects = model::update(&mut self.model, event);
        self.carry_out(ctx, effects);
        !of_session || shown.is_none() || shown != self.model.progress()
    }

    /// A field may only now be there to be focused.
    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if let Some(wrong) = self.focus.take() {
            self.fields.focus(&wrong);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let emit = ctx.link().callback(|event| event);
        let model = &self.model;
        html! {
            <>
                { header::view(model.lang, &emit) }
                <main key="main">
                    { composer::view(model, &self.fields, &emit) }
                    <div class="happened" key="happened">
                        { verdict::view(model, self.clock_step, &emit) }
                        { timeline::view(model, self.clock_step) }
                    </div>
                </main>
            </>
        }
    }
}

impl App {
    fn carry_out(&mut self, ctx: &Context<Self>, effects: Vec<Effect>) {
        for effect in effects {
            self.carry_out_one(ctx, effect);
        }
    }

    fn carry_out_one(&mut self, ctx: &Context<Self>, effect: Effect) {
        let emit: Callback<Event> = ctx.link().callback(|event| event);
        match (effect, &mut self.session) {
            (Effect::Open { run, target }, session) => {
                *session = Some(Session::open(run, &target, emit));
            }
            (Effect::Close, session) => *session = None,
            (Effect::Send(bytes), Some(session)) => session.send(&bytes),
            (Effect::Say(message), Some(session)) => session.say(message),
            (Effect::Wake(wake, after_ms), Some(session)) => session.wake(wake, after_ms),
            (Effect::Send(_) | Effect::Say(_) | Effect::Wake(..), None) => {}
            (Effect::FetchInfo, _) => ctx.link().send_future(async {
                let result = browser::fetch_info().await;
                Event::InfoCame { at: browser::now(), result }
            }),
            (Effect::PollLater, _) => {
                let due = move || emit.emit(Event::PollDue { visible: browser::is_visible() });
                self.poll = Some(Timeout::new(POLL_MS, due));
            }
            (Effect::Copy(text), _) => ctx.link().send_future(async {
                let ok = browser::copy(&text).await;
                Event::CopyEnded { text, ok }
            }),
            (Effect::FadeLater, _) => {
                self.fade = Some(Timeout::new(COPIED_MS, move || emit.emit(Event::CopiedFaded)));
            }
            (Effect::Focus(wrong), _) => self.focus = Some(wrong),
            (Effect::RememberLanguage(lang), _) => {
                browser::remember_language(lang);
                browser::declare_language(lang);
            }
        }
    }
}

impl Fields {
    fn focus(&self, wrong: &Wrong) {
        let node = match wrong.field {
            Field::To => &self.to,
            Field::Message => &self.message,
            Field::These => &self.these,
        };
        // Neither fails for a field that is on the page.
        if let Some(element) = node.cast::<web_sys::HtmlElement>() {
            let _ = element.focus();
        }
        let area = node.cast::<web_sys::HtmlTextAreaElement>();
        if let Some((area, range)) = area.zip(wrong.selection.as_ref()) {
            let _ = area.set_selection_range(range.start, range.end);
        }
    }
}
