//! Sample messages.

use echo_core::payload::LineEnding;

use super::Composer;

/// A sample message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// The tutorial's message.
    Hello,
    /// Two Chinese characters, six bytes in UTF-8.
    NiHao,
    /// A line that ends with CRLF, as Redis and other servers expect it.
    Ping,
}

impl Sample {
    /// All samples, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Hello, Self::NiHao, Self::Ping];

    /// Returns the label of the sample: the message, with escapes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hello => "Hello!",
            Self::NiHao => "你好",
            Self::Ping => "PING\\r\\n",
        }
    }

    /// Makes the sample the message.
    pub(super) fn fill(self, composer: &mut Composer) {
        let (text, ending) = match self {
            Self::Hello => ("Hello!", LineEnding::None),
            Self::NiHao => ("你好", LineEnding::None),
            Self::Ping => ("PING", LineEnding::CrLf),
        };
        composer.put(text.as_bytes(), ending);
    }
}
