//! The verdict.

use crate::Model;
use crate::bridge::Bridge;
use crate::expected_reply::ExpectedReplyKind;
use crate::export::Exports;
use crate::menu::Menu;
use crate::modes::Mode;
use crate::modes::load::results;
use crate::modes::once::RunPhase;
use crate::verdict::context::PageContext;
use crate::verdict::statement::Invitation;
use crate::verdict::{self, CopyMenu, NextStep, Why, interactive, load, once};

impl Model {
    /// Returns the verdict on what the chosen mode does.
    #[must_use]
    pub fn verdict_view(&self) -> verdict::View {
        let page = PageContext { bridge: &self.bridge, reader: self.reader() };
        let view = match (self.latest_verdict(page), &self.bridge) {
            (Some(view), Bridge::Down(error)) if !self.is_busy() => view.with_notice(*error, page),
            (Some(view), _) => view,
            (None, Bridge::Down(error)) => verdict::View::no_bridge(*error, page),
            (None, _) => verdict::View::idle(self.invitation()),
        };
        let is_previous = self.is_verdict_previous();
        let mut view = view;
        // It would be to another server.
        view.next_steps.retain(|step| *step != NextStep::ConnectUnverified || !is_previous);
        let over = self.lab_run().and_then(|run| Some((run.predicted, run.outcome?)));
        let agrees = |(predicted, outcome): (Option<_>, _)| Some(predicted? == outcome);
        verdict::View {
            is_busy: self.is_running(),
            is_as_predicted: over.and_then(agrees),
            copy_menu: match view.copy_menu {
                CopyMenu::Closed if self.menus.is_open(Menu::Copy) => CopyMenu::Open,
                copy_menu => copy_menu,
            },
            is_previous,
            why: Why { is_open: self.is_why_open, has_explanation: over.is_some(), ..view.why },
            ..view
        }
    }

    /// Returns what can be copied of the run that the verdict is on.
    #[must_use]
    pub fn exports(&self) -> Option<Exports> {
        let run = self.modes.run.as_ref()?;
        let RunPhase::Connected { exchange, .. } = &run.phase else { return None };
        let address = self.reader().reach(&run.target);
        let (exchange, kind) = (&exchange.exchange, exchange.expected_kind);
        Some(Exports::of(&run.target, address.as_deref(), exchange, kind))
    }

    /// Returns the verdict on the latest result of the chosen mode, if there is one.
    fn latest_verdict(&self, page: PageContext<'_>) -> Option<verdict::View> {
        let (modes, cache) = (&self.modes, &self.verdict_cache);
        Some(match modes.mode {
            Mode::Once => {
                once::view(modes.run.as_ref()?, self.lab_run().is_some(), page, &cache.details)
            }
            Mode::Interactive => interactive::view(modes.interactive.as_ref()?, page),
            Mode::Load => load::view(modes.load.as_ref()?, page, &cache.failure_texts),
        })
    }

    /// Returns whether a run is in progress, or an interactive connection is open.
    fn is_busy(&self) -> bool {
        self.is_running() || self.modes.is_connected()
    }

    /// Returns whether the verdict is on a run to another target than the page is set up for, or
    /// whether the page shows a file of packets in its place.
    pub(crate) fn is_verdict_previous(&self) -> bool {
        let modes = &self.modes;
        let target = match modes.mode {
            Mode::Once => modes.run.as_ref().map(|run| &run.target),
            Mode::Interactive => modes.interactive.as_ref().map(|it| &it.target),
            Mode::Load => modes.load.as_ref().map(|test| &test.spec.address),
        };
        let is_another = |target: &String| *target != self.target_address();
        !self.is_busy() && target.is_some_and(|it| self.packets.has_file() || is_another(it))
    }

    fn invitation(&self) -> Invitation {
        let bytes = self.message_len();
        match self.modes.mode {
            Mode::Once if bytes == 0 => Invitation::Type,
            Mode::Once
                if self.expected_kind() == ExpectedReplyKind::Same && self.fault().is_none() =>
            {
                Invitation::SendToEcho(bytes)
            }
            Mode::Once => Invitation::Send(bytes),
            Mode::Interactive => Invitation::Connect(bytes),
            Mode::Load => Invitation::Start { plan: self.modes.settings.plan().ok(), bytes },
        }
    }

    /// Returns the results of the load test, once there are some.
    #[must_use]
    pub fn load_results_view(&self) -> Option<results::View> {
        let test = self.modes.load.as_ref().filter(|_| self.modes.mode == Mode::Load)?;
        results::View::of(test)
    }
}
