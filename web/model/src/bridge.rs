//! Whether the bridge is there, and what it says of itself.

use echo_core::wire::{ECHO_TARGET, Info, NamedTarget};

/// What is known of the bridge.
#[derive(Debug)]
pub enum Bridge {
    /// Nothing yet.
    Unknown,
    /// It is there.
    Up(Info),
    /// It is not.
    Down(BridgeError),
}

/// Why the bridge did not describe itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BridgeError {
    /// Nobody answered, or not the bridge.
    NotThere,
    /// It was there, and refused this page.
    Refused,
}

impl From<Result<Info, BridgeError>> for Bridge {
    fn from(result: Result<Info, BridgeError>) -> Self {
        result.map_or_else(Self::Down, Self::Up)
    }
}

impl Bridge {
    /// What it says of itself, while it is there.
    #[must_use]
    pub fn info(&self) -> Option<&Info> {
        match self {
            Self::Up(info) => Some(info),
            Self::Unknown | Self::Down(_) => None,
        }
    }

    /// The echo server among its targets.
    #[must_use]
    pub fn echo(&self) -> Option<&NamedTarget> {
        self.named(ECHO_TARGET)
    }

    /// The target that has this name or this address.
    #[must_use]
    pub fn named(&self, target: &str) -> Option<&NamedTarget> {
        let is_it = |named: &&NamedTarget| named.name == target || named.address == target;
        self.info()?.targets.iter().find(is_it)
    }
}
