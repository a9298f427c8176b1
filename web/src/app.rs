//! The one stateful component: owns the model, and carries out what it wants done.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::{Callback, Component, Context, Html, NodeRef, html};

use crate::browser;
use crate::components::{composer, header, runs, timeline, verdict};
use crate::model::effect::{COPIED_MS, POLL_MS};
use crate::model::{self, Effect, Event, Field, Model};
use crate::session::Session;
use crate::shell;

/// The page.
pub struct App {
    model: Model,
    session: Option<Session>,
    poll: Option<Timeout>,
    fade: Option<Timeout>,
    fields: Fields,
    clock_step: f64,
    _listeners: Option<[EventListener; 3]>,
}

/// Where the fields are, to put the focus into them.
#[derive(Default)]
pub struct Fields {
    /// To.
    pub to: NodeRef,
    /// Message.
    pub message: NodeRef,
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
            clock_step: browser::clock_step(),
            _listeners: web_sys::window().map(|window| {
                shell::listeners::listen(&window, &ctx.link().callback(|event| event))
            }),
        };
        app.carry_out(ctx, effects);
        for event in shell::first_events() {
            let effects = model::update(&mut app.model, event);
            app.carry_out(ctx, effects);
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        let of_session = matches!(event, Event::Session { .. });
        let shown = self.model.progress();
        let effects = model::update(&mut self.model, event);
        self.carry_out(ctx, effects);
        !of_session || shown.is_none() || shown != self.model.progress()
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let emit = ctx.link().callback(|event| event);
        let model = &self.model;
        html! {
            <>
                { header::view(model, &emit) }
                <main key="main">
                    { composer::view(model, &self.fields, &emit) }
                    <div class="happened" key="happened">
                        if let Some(earlier) = runs::shown(model, &emit) {
                            { earlier }
                        } else {
                            { verdict::view(model, self.clock_step, &emit) }
                            { timeline::view(model, self.clock_step) }
                        }
                    </div>
                    { runs::view(model, &emit) }
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
            (Effect::Focus(field), _) => self.fields.focus(field),
            (Effect::Runs(effect), _) => shell::runs::carry_out(effect, self.clock_step, &emit),
            (Effect::Link(effect), _) => shell::links::carry_out(effect),
            (Effect::Menu(effect), _) => shell::menus::carry_out(effect),
            (Effect::RememberLanguage(lang), _) => {
                browser::remember_language(lang);
                browser::declare_language(lang);
            }
        }
    }
}

impl Fields {
    fn focus(&self, field: Field) {
        let node = match field {
            Field::To => &self.to,
            Field::Message => &self.message,
        };
        if let Some(element) = node.cast::<web_sys::HtmlElement>() {
            // It fails for no element that is on the page.
            let _ = element.focus();
        }
    }
}
