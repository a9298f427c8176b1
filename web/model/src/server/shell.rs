//! What is always there of the page as a server: which end it is, the state as far as its code is
//! loaded, and the setup that waits for it.

use super::event::ServerEvent;
use super::part::{ServerContext, ServerPart, ServerRequest};
use crate::inspector::record::ConnectionRecord;
use crate::loadable::{LoadError, Loadable};
use crate::role::Role;
use crate::setup::ServerSetup;

/// The page as a server, as the root of the model holds it.
#[derive(Debug, Default)]
pub struct Server {
    /// Which end the page is set up to be.
    pub role: Role,
    part: Loadable<Box<dyn ServerPart>>,
    /// What it is to be set up with once the code is loaded.
    waiting: Option<ServerSetup>,
}

impl Server {
    /// Applies an event. Until the code is loaded, a setup waits for it; the rest of what can happen
    /// comes with the code.
    pub fn update(
        &mut self,
        context: &ServerContext<'_>,
        event: ServerEvent,
    ) -> Vec<ServerRequest> {
        match (self.part.loaded_mut(), event) {
            (Some(part), event) => return part.update(context, event),
            (None, ServerEvent::SetUp(setup)) => self.waiting = Some(setup),
            (None, _) => {}
        }
        vec![]
    }

    /// Returns whether the code is to be loaded now. Then it counts as loading until
    /// [`on_loaded`](Self::on_loaded) is called.
    pub fn start_loading(&mut self) -> bool {
        self.part.start_loading(self.role == Role::Server)
    }

    /// Takes the state, or notes that its code could not be loaded.
    pub fn on_loaded(&mut self, result: Result<Box<dyn ServerPart>, LoadError>) {
        self.part = result.into();
    }

    /// Takes the setup that waited for the code, once it is loaded.
    pub fn take_waiting(&mut self) -> Option<ServerSetup> {
        self.waiting.take_if(|_| self.part.loaded().is_some())
    }

    /// Lets the code be loaded again after that has failed.
    pub fn retry(&mut self) {
        self.part.retry();
    }

    /// Returns how far the code is loaded.
    #[must_use]
    pub fn loading(&self) -> Loadable<()> {
        self.part.as_ref().map(|_| ())
    }

    /// Returns the state, if its code is loaded.
    #[must_use]
    pub fn part(&self) -> Option<&dyn ServerPart> {
        self.part.loaded().map(|part| &**part)
    }

    /// Returns the selected connection.
    #[must_use]
    pub fn record(&self) -> Option<ConnectionRecord<'_>> {
        self.part()?.record()
    }

    /// Returns what it is set up with; until the code is loaded, what waits to be set.
    #[must_use]
    pub fn setup(&self) -> ServerSetup {
        let waiting = || self.waiting.clone();
        self.part().map(ServerPart::setup).or_else(waiting).unwrap_or_default()
    }

    /// Returns whether it listens, or is about to.
    #[must_use]
    pub fn is_listening(&self) -> bool {
        self.part().is_some_and(ServerPart::is_listening)
    }
}
