//! The root component: owns the model, executes its commands, passes view models down.

mod view;

use gloo_timers::callback::Timeout;
use page_model::command::{Command, TimelineRows};
use page_model::inspector::{InspectorEvent, TimelineExport};
use page_model::render_throttle::{RenderDecision, RenderThrottle};
use page_model::{Event, Model};
use yew::{Component, Context, Html};

use crate::components::context::Dispatch;
use crate::components::inspector::timeline::text;
use crate::lazy;
use crate::platform::{Loaders, Platform, browser, startup};

const LOADERS: Loaders =
    Loaders { packets: lazy::load_packets, runs: lazy::load_runs, server: lazy::load_server };

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
        let (model, commands) = startup::create_model();
        let mut app = Self {
            model,
            platform: Platform::new(dispatch.clone(), LOADERS),
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
        self.save_picture();
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
        view::page(&self.model, self.platform.clock_step(), &self.dispatch)
    }
}

impl App {
    fn execute(&mut self, commands: Vec<Command<Event>>) {
        for command in commands {
            let model = &self.model;
            self.platform.execute(command, |rows| match rows {
                TimelineRows::All => text::all(model),
                TimelineRows::Held => text::held(model),
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

    /// Saves the Timeline as a picture if the user wants that, as soon as the code that draws it is
    /// loaded.
    fn save_picture(&mut self) {
        if self.model.inspector.export != TimelineExport::Drawing {
            return;
        }
        let Ok(draw) = lazy::picture(&self.dispatch) else { return };
        let svg = draw(&self.model);
        let mut commands = vec![Command::SaveFile {
            name: "echo-playground-timeline.svg".into(),
            media_type: "image/svg+xml",
            contents: svg.into_bytes(),
        }];
        commands.extend(self.model.update(Event::Inspector(InspectorEvent::PictureSaved)));
        self.execute(commands);
    }
}
