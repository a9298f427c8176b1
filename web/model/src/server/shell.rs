//! What is always there of the page as a server: which end it is, the state as far as its code is
//! loaded, and the events that wait for it.

use super::event::ServerEvent;
use super::part::{ServerContext, ServerPart, ServerRequest};
use crate::inspector::record::ConnectionRecord;
use crate::loadable::{LoadError, Loadable};
use crate::role::Role;
use crate::setup::ServerSetup;

/// The most events that wait for the code: what a link or a draft sets, and what is pressed meanwhile.
const MAX_WAITING: usize = 16;

/// The page as a server, as the root of the model holds it.
#[derive(Debug, Default)]
pub struct Server {
    /// Which end the page is set up to be.
    pub role: Role,
    part: Loadable<Box<dyn ServerPart>>,
    /// The events that happened before the code was loaded. The oldest make room.
    waiting: Vec<ServerEvent>,
}

impl Server {
    /// Applies an event. Until the code is loaded, events wait for it.
    pub fn update(
        &mut self,
        context: &ServerContext<'_>,
        event: ServerEvent,
    ) -> Vec<ServerRequest> {
        if let Some(part) = self.part.loaded_mut() {
            return part.update(context, event);
        }
        if self.waiting.len() == MAX_WAITING {
            self.waiting.remove(0);
        }
        self.waiting.push(event);
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

    /// Takes the events that waited for the code, once it is loaded.
    pub fn take_waiting(&mut self) -> Vec<ServerEvent> {
        if self.part.loaded().is_some() { std::mem::take(&mut self.waiting) } else { vec![] }
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

    /// Returns the selected connection, while the page is a server.
    #[must_use]
    pub fn record(&self) -> Option<ConnectionRecord<'_>> {
        self.part()?.record()
    }

    /// Returns what it is set up with; until the code is loaded, what waits to be set.
    #[must_use]
    pub fn setup(&self) -> ServerSetup {
        let waiting = || {
            self.waiting.iter().rev().find_map(|event| match event {
                ServerEvent::SetUp(setup) => Some(setup.clone()),
                _ => None,
            })
        };
        self.part().map(ServerPart::setup).or_else(waiting).unwrap_or_default()
    }

    /// Returns whether it listens, or is about to.
    #[must_use]
    pub fn is_listening(&self) -> bool {
        self.part().is_some_and(ServerPart::is_listening)
    }
}
