//! The one stateful component: owns the model, and carries out what it wants done.

mod later;

use gloo_events::EventListener;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Component, Context, ContextProvider, Html, NodeRef, html};

use crate::alarms::{Alarm, Alarms};
use crate::browser;
use crate::components::connection_log::ConnectionLog;
use crate::components::context::{ClockStep, Copied, Dispatch};
use crate::components::load_results::LoadResults;
use crate::components::packets::Packets;
use crate::components::runs::{self, RunList};
use crate::components::verdict::Verdict;
use crate::components::{composer, header, lab, lesson, link, views};
use crate::dom_effects::DomEffects;
use crate::sessions::Sessions;
use crate::shell;
use crate::tag::{group, tag};
use page_model::connection_log::{ASK_MS, ConnectionLogEffect};
use page_model::effect::{COPIED_MS, POLL_MS, TICK_MS};
use page_model::inspector::InspectorEffect;
use page_model::lesson::{LOOK_MS, LessonEffect};
use page_model::packets::PacketsEvent;
use page_model::render_throttle::{Draw, RenderThrottle};
use page_model::verdict::NextStep;
use page_model::{Effect, Event, Field, FieldError, Lang, Model};

/// The page.
pub struct App {
    model: Model,
    emit: Callback<Event>,
    sessions: Sessions,
    alarms: Alarms,
    /// The view of packets, once it is wanted and there, and the latest of what it is to hear then.
    packets: Option<Box<dyn Packets>>,
    unheard: Option<PacketsEvent>,
    fields: Fields,
    panes: DomEffects,
    render_throttle: RenderThrottle,
    focus: Option<FieldError>,
    clock_step: f64,
    _listeners: Option<[EventListener; 5]>,
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
        let (mut model, effects) = Model::new(browser::language(), browser::origin());
        browser::declare_language(model.lang);
        model.clock_began = browser::clock_began();
        let emit: Callback<Event> = ctx.link().callback(|event| event);
        let mut app = Self {
            model,
            sessions: Sessions::default(),
            alarms: Alarms::new(emit.clone()),
            packets: None,
            unheard: None,
            fields: Fields::default(),
            panes: DomEffects::new(emit.clone()),
            render_throttle: RenderThrottle::default(),
            focus: None,
            clock_step: browser::clock_step(),
            _listeners: web_sys::window().map(|window| shell::listeners::listen(&window, &emit)),
            emit: emit.clone(),
        };
        app.carry_out(effects);
        browser::on_seen(move || emit.emit(Event::DrawDue));
        for event in shell::first_events() {
            let effects = page_model::update(&mut app.model, event);
            app.carry_out(effects);
        }
        app
    }

    fn update(&mut self, _: &Context<Self>, event: Event) -> bool {
        let of_session = matches!(event, Event::Session { .. });
        let streams = event.streams() || (of_session && self.model.modes.is_load_test_running());
        let progress = self.model.progress();
        if let Event::Session { run, event, .. } = &event {
            self.sessions.heard(*run, event);
        }
        if let Event::Packets(event) = event {
            self.unheard = Some(event);
        } else {
            let effects = page_model::update(&mut self.model, event);
            self.carry_out(effects);
        }
        self.attend_to_parts();
        // After a drawing that took long, the framework waits for a timer, and the timers of a page
        // that nobody sees are slow: nothing would go on meanwhile.
        if !browser::is_visible() {
            return false;
        }
        let is_due = if streams && progress == self.model.progress() {
            self.draw_in_time()
        } else {
            self.render_throttle.drawn(browser::now());
            self.alarms.unset(Alarm::Draw);
            true
        };
        if is_due {
            self.keep_packets_up();
        }
        is_due
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.panes.drawn(&self.model.inspector);
        // A field may only now be there to be focused.
        if let Some(wrong) = self.focus.take() {
            self.fields.focus(&wrong);
        }
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let (model, emit) = (&self.model, &self.emit);
        let page = group()
            .child(header::view(model, emit))
            .child(
                tag("main")
                    .key("main")
                    .child(lesson::view(model, emit))
                    .child(composer::view(model, &self.fields, emit))
                    .child(
                        tag("div")
                            .class("happened")
                            .key("happened")
                            .child(match model.shown_runs_view() {
                                Some(view) => runs::shown(view),
                                None => self.latest_run(),
                            })
                            .child(
                                model
                                    .connection_log_view()
                                    .map(|view| html! { <ConnectionLog {view} /> }),
                            ),
                    )
                    .child(html! {
                        <div key="runs" class="runs">
                            { link::view(model, emit) }
                            if let Some(view) = model.runs_view() {
                                <RunList {view} />
                            }
                        </div>
                    }),
            )
            .html();
        html! {
            <ContextProvider<Lang> context={model.lang}>
                <ContextProvider<Dispatch> context={emit.clone()}>
                    <ContextProvider<ClockStep> context={ClockStep(self.clock_step)}>
                        <ContextProvider<Copied> context={Copied(model.copied.clone())}>
                            { page }
                        </ContextProvider<Copied>>
                    </ContextProvider<ClockStep>>
                </ContextProvider<Dispatch>>
            </ContextProvider<Lang>>
        }
    }
}

impl App {
    /// What happened in the latest run.
    fn latest_run(&self) -> Html {
        let (model, emit) = (&self.model, &self.emit);
        let view = model.verdict_view();
        let explanation = lab::why(model, emit).unwrap_or_default();
        let has_server = view.next_steps.contains(&NextStep::LabServer);
        let lab_server = if has_server { lab::terminal(model, emit) } else { Html::default() };
        html! {
            <>
                <Verdict key="verdict" {view} {explanation} {lab_server} />
                if let Some(view) = model.load_results_view() {
                    <LoadResults key="results" {view} />
                }
                { self.views() }
            </>
        }
    }

    /// Whether what streams is drawn now; if not, it will be.
    fn draw_in_time(&mut self) -> bool {
        match self.render_throttle.ask(browser::now()) {
            Draw::Now => return true,
            Draw::Due => {}
            Draw::After(ms) => self.alarms.set(Alarm::Draw, ms),
        }
        false
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.carry_out_one(effect);
        }
    }

    fn carry_out_one(&mut self, effect: Effect) {
        match effect {
            Effect::In(run, effects) => {
                let latest = self.sessions.turn_to(run);
                self.carry_out(effects);
                self.sessions.turn_to(latest);
            }
            Effect::Open { run, target, watch } => {
                self.sessions.open(run, &target, watch, self.emit.clone());
            }
            Effect::Close => self.sessions.close(),
            Effect::Send(_) | Effect::Say(_) | Effect::Wake(..) => {
                if let Some(session) = self.sessions.current() {
                    session.carry_out(effect);
                }
            }
            Effect::FetchInfo => self.fetch_info(),
            Effect::PollLater => self.alarms.set(Alarm::Poll, POLL_MS),
            Effect::Tick => self.alarms.set(Alarm::Tick, TICK_MS),
            Effect::FadeLater => self.alarms.set(Alarm::Fade, COPIED_MS),
            Effect::Copy(text) => self.copy(text),
            Effect::Save { name, kind, bytes } => {
                // It fails only for a page that is being left.
                let _ = shell::files::save(&name, kind, &bytes);
            }
            Effect::Focus(wrong) => self.focus = Some(wrong),
            Effect::Inspector(InspectorEffect::CopyAll) => {
                self.copy(views::text::all(&self.model, self.clock_step));
            }
            Effect::Inspector(effect) => self.panes.later(effect),
            Effect::Runs(effect) => shell::runs::carry_out(effect, self.clock_step, &self.emit),
            Effect::Link(effect) => shell::links::carry_out(effect),
            Effect::Menu(effect) => shell::menus::carry_out(effect),
            Effect::Lesson(LessonEffect::LookLater) => self.alarms.set(Alarm::Look, LOOK_MS),
            Effect::Lesson(effect) => shell::lesson::carry_out(effect, &self.emit),
            Effect::ConnectionLog(ConnectionLogEffect::AskLater) => {
                self.alarms.set(Alarm::Ask, ASK_MS)
            }
            Effect::ConnectionLog(effect) => shell::echo::carry_out(effect, &self.emit),
            Effect::RememberLanguage(lang) => {
                browser::remember_language(lang);
                browser::declare_language(lang);
            }
        }
    }

    fn fetch_info(&self) {
        let emit = self.emit.clone();
        spawn_local(async move {
            let result = browser::fetch_info().await;
            emit.emit(Event::InfoCame { at: browser::now(), result });
        });
    }

    fn copy(&self, text: String) {
        let emit = self.emit.clone();
        spawn_local(async move {
            let ok = browser::copy(&text).await;
            emit.emit(Event::CopyEnded { text, ok });
        });
    }
}

impl Fields {
    fn focus(&self, wrong: &FieldError) {
        let node = match wrong.field {
            Field::To => &self.to,
            Field::Message => &self.message,
            Field::These => &self.these,
        };
        // Neither fails for a field that is on the page.
        if let Some(element) = node.cast::<web_sys::HtmlElement>() {
            let _ = element.focus();
        }
        let Some(range) = &wrong.selection else { return };
        if let Some(area) = node.cast::<web_sys::HtmlTextAreaElement>() {
            let _ = area.set_selection_range(range.start, range.end);
        } else if let Some(input) = node.cast::<web_sys::HtmlInputElement>() {
            let _ = input.set_selection_range(range.start, range.end);
        }
    }
}
