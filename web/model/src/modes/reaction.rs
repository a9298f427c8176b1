//! What a mode asks for after an event.

use super::ModesEvent;
use crate::command::{Command, map_all};
use crate::connection;

/// What a mode asks for, with events of type `E`: of the platform, and of the rest of the page.
#[derive(Debug)]
pub struct Reaction<E = ModesEvent> {
    /// Requests to the platform.
    pub commands: Vec<Command<E>>,
    /// Whether the bridge is to be asked what it says of itself: a WebSocket did not open, or the
    /// bridge seems to be gone.
    pub asks_for_bridge: bool,
}

impl<E> Default for Reaction<E> {
    fn default() -> Self {
        Self { commands: vec![], asks_for_bridge: false }
    }
}

impl<E: 'static> Reaction<E> {
    /// Creates a reaction that makes these requests.
    #[must_use]
    pub fn with(commands: impl IntoIterator<Item = Command<E>>) -> Self {
        Self { commands: commands.into_iter().collect(), asks_for_bridge: false }
    }

    /// Asks for the bridge's description.
    #[must_use]
    pub fn asking_for_bridge(mut self, asks: bool) -> Self {
        self.asks_for_bridge |= asks;
        self
    }

    /// Adds a request.
    pub fn push(&mut self, command: Command<E>) {
        self.commands.push(command);
    }

    /// Adds what `other` asks for.
    pub fn merge(&mut self, other: Self) {
        self.commands.extend(other.commands);
        self.asks_for_bridge |= other.asks_for_bridge;
    }

    /// Translates the events that the requests report.
    #[must_use]
    pub fn map<F: 'static>(self, translate: impl Fn(E) -> F + Clone + 'static) -> Reaction<F> {
        let commands = map_all(self.commands, translate);
        Reaction { commands, asks_for_bridge: self.asks_for_bridge }
    }
}

impl Reaction {
    /// Creates a reaction that asks for what a connection does.
    #[must_use]
    pub fn of(commands: impl IntoIterator<Item = Command<connection::Event>>) -> Self {
        let mut reaction = Self::default();
        reaction.extend(commands);
        reaction
    }

    /// Adds requests of a connection.
    pub fn extend(&mut self, commands: impl IntoIterator<Item = Command<connection::Event>>) {
        let commands = commands.into_iter();
        self.commands.extend(commands.map(|command| command.map(ModesEvent::Connection)));
    }
}
