//! The one stateful component: owns the model, and carries out what it wants done.

use std::collections::BTreeMap;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::{Callback, Component, Context, Html, NodeRef, html};

use crate::browser;
use crate::components::{composer, header, how, lesson, runs, server, verdict, views};
use crate::model::effect::{COPIED_MS, POLL_MS, TICK_MS};
use crate::model::how::HowEvent;
use crate::model::pace::{Draw, Pace};
use crate::model::run::RunId;
use crate::model::view::ViewEffect;
use crate::model::{self, Effect, Event, Field, Model, Wrong};
use crate::panes::Panes;
use crate::session::Session;
use crate::shell;

/// The page.
pub struct App {
    model: Model,
    sessions: BTreeMap<RunId, Session>,
    /// The session that effects are for.
    current: RunId,
    tick: Option<Timeout>,
    poll: Option<Timeout>,
    fade: Option<Timeout>,
    fields: Fields,
    panes: Panes,
    pace: Pace,
    draw: Option<Timeout>,
    focus: Option<Wrong>,
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
            sessions: BTreeMap::new(),
            current: RunId::default(),
            tick: None,
            poll: None,
            fade: None,
            fields: Fields::default(),
            panes: Panes::new(ctx.link().callback(|event| event)),
            pace: Pace::default(),
            draw: None,
            focus: None,
            clock_step: browser::clock_step(),
            _listeners: web_sys::window().map(|window| {
                shell::listeners::listen(&window, &ctx.link().callback(|event| event))
            }),
        };
        app.carry_out(ctx, effects);
        let link = ctx.link().clone();
        browser::on_seen(move || link.send_message(Event::DrawDue));
        for event in shell::first_events() {
            let effects = model::update(&mut app.model, event);
            app.carry_out(ctx, effects);
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        let of_session = matches!(event, Event::Session { .. });
        let streams = event.streams() || (of_session && self.model.how.is_repeating());
        let progress = self.model.progress();
        let effects = model::update(&mut self.model, event);
        self.carry_out(ctx, effects);
        // After a drawing that took long, the framework waits for a timer, and the timers of a page
        // that nobody sees are slow: nothing would go on meanwhile.
        if !browser::is_visible() {
            return false;
        }
        if streams && progress == self.model.progress() {
            return self.draw_in_time(ctx);
        }
        self.pace.drawn(browser::now());
        self.draw = None;
        true
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.panes.drawn(&self.model.view);
        // A field may only now be there to be focused.
        if let Some(wrong) = self.focus.take() {
            self.fields.focus(&wrong);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let emit = ctx.link().callback(|event| event);
        let model = &self.model;
        html! {
            <>
                { header::view(model, &emit) }
                <main key="main">
                    { lesson::view(model, &emit) }
                    { composer::view(model, &self.fields, &emit) }
                    <div class="happened" key="happened">
                        if let Some(earlier) = runs::shown(model, &emit) {
                            { earlier }
                        } else {
                            { verdict::view(model, self.clock_step, &emit) }
                            { how::happened(model, self.clock_step)
                                .unwrap_or_else(|| views::view(model, self.clock_step, &emit)) }
                        }
                        { server::view(model, &emit) }
                    </div>
                    { runs::view(model, &emit) }
                </main>
            </>
        }
    }
}

impl App {
    /// Whether what streams is drawn now; if not, it will be.
    fn draw_in_time(&mut self, ctx: &Context<Self>) -> bool {
        match self.pace.ask(browser::now()) {
            Draw::Now => return true,
            Draw::Due => {}
            Draw::After(ms) => {
                let link = ctx.link().clone();
                self.draw = Some(Timeout::new(ms, move || link.send_message(Event::DrawDue)));
            }
        }
        false
    }

    fn carry_out(&mut self, ctx: &Context<Self>, effects: Vec<Effect>) {
        for effect in effects {
            self.carry_out_one(ctx, effect);
        }
    }

    fn carry_out_one(&mut self, ctx: &Context<Self>, effect: Effect) {
        let emit: Callback<Event> = ctx.link().callback(|event| event);
        match (effect, self.sessions.get_mut(&self.current)) {
            (Effect::In(run, effects), _) => {
                let latest = std::mem::replace(&mut self.current, run);
                self.carry_out(ctx, effects);
                self.current = latest;
            }
            (Effect::Open { run, target }, _) => {
                self.sessions.remove(&self.current);
                self.sessions.insert(run, Session::open(run, &target, emit));
                self.current = run;
            }
            (Effect::Close, _) => drop(self.sessions.remove(&self.current)),
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
            (Effect::Tick, _) => {
                let due = move || emit.emit(Event::How(HowEvent::Ticked { at: browser::now() }));
                self.tick = Some(Timeout::new(TICK_MS, due));
            }
            (Effect::Copy(text), _) => ctx.link().send_future(async {
                let ok = browser::copy(&text).await;
                Event::CopyEnded { text, ok }
            }),
            (Effect::FadeLater, _) => {
                self.fade = Some(Timeout::new(COPIED_MS, move || emit.emit(Event::CopiedFaded)));
            }
            (Effect::Focus(wrong), _) => self.focus = Some(wrong),
            (Effect::View(ViewEffect::CopyAll), _) => {
                let text = views::text::all(&self.model, self.clock_step);
                self.carry_out_one(ctx, Effect::Copy(text));
            }
            (Effect::View(effect), _) => self.panes.later(effect),
            (Effect::Runs(effect), _) => shell::runs::carry_out(effect, self.clock_step, &emit),
            (Effect::Link(effect), _) => shell::links::carry_out(effect),
            (Effect::Menu(effect), _) => shell::menus::carry_out(effect),
            (Effect::Lesson(effect), _) => shell::lesson::carry_out(effect, &emit),
            (Effect::Server(effect), _) => shell::echo::carry_out(effect, &emit),
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
