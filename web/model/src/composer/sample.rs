//! Messages to begin with.

use echo_core::payload::{LineEnding, Notation};

use super::Composer;

/// A message to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// The tutorial's.
    Hello,
    /// Two characters, six bytes.
    NiHao,
    /// A line as Redis and others want it.
    Ping,
}

impl Sample {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Hello, Self::NiHao, Self::Ping];

    /// What it is called: itself, escaped.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hello => "Hello!",
            Self::NiHao => "你好",
            Self::Ping => "PING\\r\\n",
        }
    }

    /// Makes it the message.
    pub(super) fn fill(self, draft: &mut Composer) {
        let (text, ending) = match self {
            Self::Hello => ("Hello!", LineEnding::None),
            Self::NiHao => ("你好", LineEnding::None),
            Self::Ping => ("PING", LineEnding::CrLf),
        };
        draft.put(text.as_bytes(), ending, &Notation::ALL);
    }
}
