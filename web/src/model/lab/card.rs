//! The servers there are to choose from, and what is to be filled in.

use echo_core::fault::{Count, Fault, MAX_TIME, Size};
use echo_core::wire::LAB_PREFIX;

use Blank::{Bytes, Millis, Offset, Piece, Seed, Text};
use Group::{Changes, Hangs, Loses, Mixes, Slow};

/// How many servers there are to choose from.
pub const MANY: usize = 12;

/// What stands in the blanks of one card, as it was typed; one has two of them at most.
pub type Filled = [String; 2];

/// A server to choose.
#[derive(Debug)]
pub struct Card {
    /// The name that its fault begins with.
    pub name: &'static str,
    /// What it does, by and large.
    pub group: Group,
    /// What is to be filled in.
    pub blanks: &'static [Blank],
    filled: [&'static str; 2],
}

/// What a server does, by and large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// It changes bytes.
    Changes,
    /// It loses bytes.
    Loses,
    /// It takes its time.
    Slow,
    /// It hangs up.
    Hangs,
    /// Several of these.
    Mixes,
}

/// What is to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// A number of bytes.
    Bytes,
    /// The place of a byte.
    Offset,
    /// The size of something that is sent.
    Piece,
    /// A time, in milliseconds.
    Millis,
    /// What is said first, with escapes.
    Text,
    /// What decides by chance.
    Seed,
}

/// All of them, each group together.
pub const CARDS: [Card; MANY] = [
    card("corrupt", Changes, &[Offset], ["1", ""]),
    card("upper", Changes, &[], ["", ""]),
    card("extra", Changes, &[Piece], ["3", ""]),
    card("banner", Changes, &[Text], [r"Hi!\n", ""]),
    card("truncate", Loses, &[Bytes], ["3", ""]),
    card("delay", Slow, &[Millis], ["1000", ""]),
    card("split", Slow, &[Piece, Millis], ["2", "200"]),
    card("silent", Slow, &[], ["", ""]),
    card("late-fin", Slow, &[], ["", ""]),
    card("reset", Hangs, &[Bytes], ["3", ""]),
    card("refuse", Hangs, &[], ["", ""]),
    card("chaos", Mixes, &[Seed], ["16", ""]),
];

const fn card(
    name: &'static str,
    group: Group,
    blanks: &'static [Blank],
    filled: [&'static str; 2],
) -> Card {
    Card { name, group, blanks, filled }
}

impl Card {
    /// Which of them a fault is on.
    #[must_use]
    pub fn of(fault: &Fault) -> usize {
        CARDS.iter().position(|card| card.name == fault.name()).unwrap_or_default()
    }

    /// What stands in its blanks at first.
    #[must_use]
    pub fn filled(&self) -> Filled {
        self.filled.map(Into::into)
    }

    /// The target that it stands for, as it is filled in: with a mistake, if that has one.
    #[must_use]
    pub fn target(&self, filled: &Filled) -> String {
        let mut text = self.name.to_owned();
        for (blank, typed) in self.blanks.iter().zip(filled) {
            text.push(':');
            text += typed;
            if *blank == Millis {
                text += "ms";
            }
        }
        // A time is written in one way only, and so is what needs an escape.
        let text = text.parse().map_or(text, |fault: Fault| fault.to_string());
        LAB_PREFIX.to_owned() + &text
    }
}

impl Blank {
    /// The lowest and the highest number that it takes; none where it takes a text, and no highest
    /// where that is longer than anybody types.
    #[must_use]
    pub fn bounds(self) -> Option<(u32, Option<u32>)> {
        match self {
            Bytes | Offset => Some((Count::MIN.get(), Some(Count::MAX.get()))),
            Piece => Some((Size::MIN.get(), Some(Size::MAX.get()))),
            Millis => Some((0, u32::try_from(MAX_TIME.as_millis()).ok())),
            Seed => Some((0, None)),
            Text => None,
        }
    }
}

/// What a fault has in its blanks.
#[must_use]
pub fn filled(fault: &Fault) -> Filled {
    let two =
        |first: &dyn ToString, second: &dyn ToString| [first, second].map(ToString::to_string);
    match fault {
        Fault::Truncate(n) | Fault::Reset(n) | Fault::Corrupt(n) => two(n, &""),
        Fault::Extra(n) => two(n, &""),
        Fault::Delay(time) => two(&time.millis(), &""),
        Fault::Split { size, gap } => two(size, &gap.millis()),
        Fault::Banner(greeting) => two(greeting, &""),
        Fault::Chaos(seed) => two(seed, &""),
        Fault::Upper | Fault::Silent | Fault::LateFin | Fault::Refuse => Filled::default(),
    }
}
