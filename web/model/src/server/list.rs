//! The connections that came in.

use std::collections::VecDeque;

use super::connection::ServerConnection;
use crate::connection::ConnectionId;

/// The most connections that are listed, unless more are open.
pub const MAX_LISTED: usize = 100;
/// The most connections that are open at once. Others are left to the bridge, which resets them.
pub const MAX_OPEN: usize = 256;

/// The connections that came in, oldest first: all open ones, and the latest of those that are over.
#[derive(Debug, Default)]
pub struct ConnectionList {
    connections: VecDeque<ServerConnection>,
    /// How many were removed.
    removed: u64,
    /// How many were not claimed, because too many were open.
    unclaimed: u64,
}

impl ConnectionList {
    /// Returns the connections, oldest first.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &ServerConnection> {
        self.connections.iter()
    }

    /// Returns the connection with this id, if it is listed.
    #[must_use]
    pub fn get(&self, id: ConnectionId) -> Option<&ServerConnection> {
        self.index(id).map(|index| &self.connections[index])
    }

    /// Returns the connection with this id, if it is listed.
    pub fn get_mut(&mut self, id: ConnectionId) -> Option<&mut ServerConnection> {
        self.index(id).map(|index| &mut self.connections[index])
    }

    /// Returns how many connections were listed once and are no longer.
    #[must_use]
    pub fn removed(&self) -> u64 {
        self.removed
    }

    /// Returns how many connections were not claimed, because too many were open.
    #[must_use]
    pub fn unclaimed(&self) -> u64 {
        self.unclaimed
    }

    /// Returns whether another one can be open, and counts it as not claimed otherwise.
    pub fn has_room(&mut self) -> bool {
        let open = self.connections.iter().filter(|it| it.is_open()).count();
        self.unclaimed += u64::from(open >= MAX_OPEN);
        open < MAX_OPEN
    }

    /// Adds a connection, whose id is greater than all others. Where too many are listed, the oldest
    /// goes that is over, but for the `selected` one. Returns it.
    pub fn add(
        &mut self,
        connection: ServerConnection,
        selected: Option<ConnectionId>,
    ) -> Option<ServerConnection> {
        self.connections.push_back(connection);
        if self.connections.len() <= MAX_LISTED {
            return None;
        }
        let can_go = |it: &ServerConnection| !it.is_open() && Some(it.id()) != selected;
        let index = self.connections.iter().position(can_go)?;
        self.removed += 1;
        self.connections.remove(index)
    }

    /// Returns the connection that came in next after this one.
    #[must_use]
    pub fn after(&self, id: Option<ConnectionId>) -> Option<ConnectionId> {
        self.connections.get(self.index(id?)? + 1).map(ServerConnection::id)
    }

    /// Returns the connection that came in before this one; the latest for `None`.
    #[must_use]
    pub fn before(&self, id: Option<ConnectionId>) -> Option<ConnectionId> {
        let index = match id {
            Some(id) => self.index(id)?,
            None => self.connections.len(),
        };
        self.connections.get(index.checked_sub(1)?).map(ServerConnection::id)
    }

    fn index(&self, id: ConnectionId) -> Option<usize> {
        self.connections.binary_search_by_key(&id, ServerConnection::id).ok()
    }
}
