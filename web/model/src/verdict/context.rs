//! What a verdict takes from the rest of the page.

use echo_core::wire::Kind;

use super::next_step::NextStep;
use super::reason::CauseView;
use crate::bridge::Bridge;
use crate::cause::{Cause, FailedRun};
use crate::terminal_command::{Reader, TcpTarget, without_scheme};

/// What a verdict takes from the rest of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageContext<'a> {
    /// What is known of the bridge.
    pub(crate) bridge: &'a Bridge,
    /// Who reads the page.
    pub(crate) reader: Reader<'a>,
}

impl PageContext<'_> {
    /// Returns a cause, with what it takes to say it.
    pub(super) fn cause(self, cause: Cause, target: &str) -> CauseView {
        CauseView::new(cause, target, self.reader.origin)
    }

    /// Returns what may help against a cause for which a run failed.
    pub(super) fn remedies(self, cause: Cause, failed: &FailedRun<'_>) -> Vec<NextStep> {
        if is_bridge_back(self.bridge, cause) {
            return vec![NextStep::BridgeIsBack];
        }
        if cause.is_unverified() {
            return vec![NextStep::ConnectUnverified];
        }
        if let (Cause::Failed(_, Kind::NotTls), Some(_)) = (cause, TcpTarget::of(failed.target)) {
            return vec![NextStep::SetTarget(without_scheme(failed.target).into())];
        }
        let command = cause
            .remedy(failed, &self.reader)
            .map(|(purpose, command)| NextStep::Command { purpose, command: command.into() });
        let awaited = cause.is_missing_bridge().then_some(NextStep::BridgeIsAwaited);
        command.into_iter().chain(awaited).collect()
    }
}

/// Returns `true` if a run failed for lack of a bridge, and there is one again.
pub(crate) fn is_bridge_back(bridge: &Bridge, cause: Cause) -> bool {
    cause.is_missing_bridge() && bridge.info().is_some()
}
