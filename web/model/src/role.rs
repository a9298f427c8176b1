//! Which end of its TCP connections the page is.

use serde::{Deserialize, Serialize};

/// Which end of its TCP connections the page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It connects.
    #[default]
    Client,
    /// It listens, and others connect.
    Server,
}

impl Role {
    /// Both roles, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Client, Self::Server];
}
