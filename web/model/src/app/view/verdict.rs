//! The verdict.

use crate::Model;
use crate::bridge::Bridge;
use crate::expected_reply::ExpectedReplyKind;
use crate::modes::Mode;
use crate::modes::load::results;
use crate::verdict::context::PageContext;
use crate::verdict::statement::Invitation;
use crate::verdict::{self, interactive, load, once};

impl Model {
    /// Returns the verdict on what the chosen mode does.
    #[must_use]
    pub fn verdict_view(&self) -> verdict::View {
        let page = PageContext { bridge: &self.bridge, reader: self.reader() };
        let cache = &self.verdict_cache;
        let view = match self.modes.mode {
            Mode::Once => {
                let run = self.modes.run.as_ref();
                run.map(|run| once::view(run, self.lab_run().is_some(), page, &cache.details))
            }
            Mode::Interactive => self
                .modes
                .interactive
                .as_ref()
                .map(|connection| interactive::view(connection, page)),
            Mode::Load => {
                let test = self.modes.load.as_ref();
                test.map(|test| load::view(test, page, &cache.failure_texts))
            }
        };
        let view = view.unwrap_or_else(|| match self.bridge {
            Bridge::Down(error) => verdict::View::no_bridge(error, page),
            Bridge::Unknown | Bridge::Up(_) => verdict::View::idle(self.invitation()),
        });
        verdict::View { is_busy: self.is_running(), ..view }
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
