//! What a mode asks for after an event.

use super::ModesEvent;
use crate::command::Command;
use crate::connection;

/// What a mode asks for: of the platform, and of the rest of the page.
#[derive(Debug, Default)]
pub struct Reaction {
    /// Requests to the platform.
    pub commands: Vec<Command<ModesEvent>>,
    /// Whether the bridge is to be asked what it says of itself: a WebSocket did not open, or the
    /// bridge seems to be gone.
    pub asks_for_bridge: bool,
}

impl Reaction {
    /// Creates a reaction that asks for what a connection does.
    #[must_use]
    pub fn of(commands: impl IntoIterator<Item = Command<connection::Event>>) -> Self {
        let mut reaction = Self::default();
        reaction.extend(commands);
        reaction
    }

    /// Asks for the bridge's description.
    #[must_use]
    pub fn asking_for_bridge(mut self, asks: bool) -> Self {
        self.asks_for_bridge |= asks;
        self
    }

    /// Adds a request.
    pub fn push(&mut self, command: Command<ModesEvent>) {
        self.commands.push(command);
    }

    /// Adds requests of a connection.
    pub fn extend(&mut self, commands: impl IntoIterator<Item = Command<connection::Event>>) {
        let commands = commands.into_iter();
        self.commands.extend(commands.map(|command| command.map(ModesEvent::Connection)));
    }

    /// Adds what `other` asks for.
    pub fn merge(&mut self, other: Self) {
        self.commands.extend(other.commands);
        self.asks_for_bridge |= other.asks_for_bridge;
    }
}
