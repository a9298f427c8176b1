//! The root component: owns the model, executes its commands, passes view models down.

mod inspector;

use gloo_timers::callback::Timeout;
use page_model::command::{Command, TimelineRows};
use page_model::render_throttle::{RenderDecision, RenderThrottle};
use page_model::verdict::NextStep;
use page_model::{Event, Lang, Model};
use yew::{Component, Context, ContextProvider, Html, html};

use crate::components::composer::Composer;
use crate::components::connection_log::ConnectionLog;
use crate::components::context::{ClockStep, Copied, Dispatch};
use crate::components::header::Header;
use crate::components::inspector::timeline::text;
use crate::components::lesson::LessonRegion;
use crate::components::link::Link;
use crate::components::load_results::LoadResults;
use crate::components::runs::{self, RunList};
use crate::components::verdict::Verdict;
use crate::lazy;
use crate::platform::{Platform, browser};

/// The root component.
pub struct App {
    model: Model,
    platform: Platform,
    /// Kept, so that components whose properties did not change compare equal.
    dispatch: Dispatch,
    throttle: RenderThrottle,
    draw_timer: Option<Timeout>,
}

impl Component for App {
    type Message = Event;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let dispatch: Dispatch = ctx.link().callback(|event| event);
        let (model, commands) = Platform::create_model();
        let mut app = Self {
            model,
            platform: Platform::new(dispatch.clone(), lazy::load_packets),
            throttle: RenderThrottle::default(),
            draw_timer: None,
            dispatch,
        };
        app.execute(commands);
        app
    }

    fn update(&mut self, _: &Context<Self>, event: Event) -> bool {
        let is_frequent = event.is_frequent()
            || event.is_of_connection() && self.model.modes.is_load_test_running();
        let progress = self.model.progress();
        let commands = self.model.update(event);
        self.execute(commands);
        self.save_wanted_picture();
        // After a drawing that took long, the framework waits for a timer, and the timers of a page
        // that nobody sees are slow: nothing would go on meanwhile.
        if !browser::is_visible() {
            return false;
        }
        if is_frequent && progress == self.model.progress() {
            self.may_render_now()
        } else {
            self.throttle.rendered(browser::now());
            self.draw_timer = None;
            true
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.platform.rendered();
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let model = &self.model;
        let page = html! {
            <>
                { self.header() }
                <main key="main">
                    { self.lesson() }
                    { self.composer() }
                    <div key="happened" class="happened">
                        {
                            match model.shown_runs_view() {
                                Some(view) => runs::shown(view),
                                None => self.latest_run(),
                            }
                        }
                        if let Some(view) = model.connection_log_view() {
                            <ConnectionLog {view} />
                        }
                    </div>
                    <div key="runs" class="runs">
                        <Link view={model.link_view()} />
                        if let Some(view) = model.runs_view() {
                            <RunList {view} />
                        }
                    </div>
                </main>
            </>
        };
        html! {
            <ContextProvider<Lang> context={model.lang}>
                <ContextProvider<Dispatch> context={self.dispatch.clone()}>
                    <ContextProvider<ClockStep> context={ClockStep(self.platform.clock_step())}>
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
    /// Draws the header.
    fn header(&self) -> Html {
        let is_lesson_open = self.model.lesson.step.is_some();
        html! { <Header key="header" {is_lesson_open} help={self.model.help_view()} /> }
    }

    /// Draws the composer.
    fn composer(&self) -> Html {
        let (model, dispatch) = (&self.model, &self.dispatch);
        let target = model.target_view();
        let cards = target.is_lab_open.then(|| lazy::lab_cards(model, dispatch));
        html! {
            <Composer
                key="composer"
                {target}
                lab_hint={lazy::lab_hint(model, dispatch)}
                lab_cards={cards.unwrap_or_default()}
                switch={model.switch_view()}
                message={model.message_view()}
                prediction={lazy::lab_prediction(model, dispatch).unwrap_or_default()}
                buttons={model.buttons_view()}
            />
        }
    }

    /// Draws the latest run.
    fn latest_run(&self) -> Html {
        let (model, dispatch) = (&self.model, &self.dispatch);
        let view = model.verdict_view();
        let explanation = lazy::lab_explanation(model, dispatch).unwrap_or_default();
        let has_server = view.next_steps.contains(&NextStep::LabServer);
        let lab_server =
            if has_server { lazy::lab_command(model, dispatch) } else { Html::default() };
        html! {
            <>
                <Verdict key="verdict" {view} {explanation} {lab_server} />
                if let Some(view) = model.load_results_view() {
                    <LoadResults key="results" {view} />
                }
                { self.inspector() }
            </>
        }
    }

    /// Draws the lesson while it is open.
    fn lesson(&self) -> Option<Html> {
        self.model.lesson.step?;
        let guide = lazy::lesson_guide(&self.model, &self.dispatch);
        Some(html! { <LessonRegion key="lesson">{ guide }</LessonRegion> })
    }

    fn execute(&mut self, commands: Vec<Command<Event>>) {
        for command in commands {
            let (model, clock_step) = (&self.model, self.platform.clock_step());
            self.platform.execute(command, |rows| match rows {
                TimelineRows::All => text::all(model, clock_step),
                TimelineRows::Held => text::held(model, clock_step),
            });
        }
    }

    /// Returns whether what streams is drawn now; if not, it will be.
    fn may_render_now(&mut self) -> bool {
        match self.throttle.request(browser::now()) {
            RenderDecision::Now => return true,
            RenderDecision::Pending => {}
            RenderDecision::After(ms) => {
                let dispatch = self.dispatch.clone();
                self.draw_timer = Some(Timeout::new(ms, move || dispatch.emit(Event::DrawDue)));
            }
        }
        false
    }
}
