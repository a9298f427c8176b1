//! The description of every kind of fault.

use strum::VariantArray;

use super::argument::{Expected, ParseArgument};
use super::bounds::{Count, Greeting, MAX_TIME, Size, Time};
use super::definition::{Fault, FaultKind};

/// The description of a kind of fault, from which everything else that lists faults is derived.
#[derive(Debug, PartialEq, Eq)]
pub struct FaultSpec {
    /// The name with which the text form begins. It is unique and contains no colon.
    pub name: &'static str,
    /// The parameters, in the order of the text form.
    pub parameters: &'static [Parameter],
    /// The group under which the fault is listed.
    pub group: FaultGroup,
    /// An example in text form, whose arguments are the ones that are offered first.
    pub example: &'static str,
}

/// A parameter of a kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name that stands for the parameter in [`FaultSpec::form`], such as `SIZE`.
    pub placeholder: &'static str,
    /// The kind of value that the parameter takes.
    pub kind: ParameterKind,
}

/// A kind of value that a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum ParameterKind {
    /// A number of bytes, possibly none.
    Bytes,
    /// The offset of a byte, beginning with 0.
    Offset,
    /// The size of something that is sent, in bytes.
    Size,
    /// A duration.
    Time,
    /// A text with escapes.
    Text,
    /// A seed for random choices.
    Seed,
}

/// What the faults of a group have in common. The order is that in which a user interface lists
/// the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum FaultGroup {
    /// The reply has other bytes than the message.
    ChangesBytes,
    /// The reply has fewer bytes than the message.
    LosesBytes,
    /// The reply comes late or never.
    TakesTime,
    /// The connection is reset or refused.
    HangsUp,
    /// The certificate proves nothing, or TLS is not spoken as it should be.
    BreaksTls,
    /// Several faults are combined at random.
    Combines,
}

const COUNT: Parameter = Parameter { placeholder: "N", kind: ParameterKind::Bytes };
const ADDED: Parameter = Parameter { placeholder: "N", kind: ParameterKind::Size };
const OFFSET: Parameter = Parameter { placeholder: "OFFSET", kind: ParameterKind::Offset };
const SIZE: Parameter = Parameter { placeholder: "SIZE", kind: ParameterKind::Size };
const TIME: Parameter = Parameter { placeholder: "TIME", kind: ParameterKind::Time };
const GAP: Parameter = Parameter { placeholder: "GAP", kind: ParameterKind::Time };
const TEXT: Parameter = Parameter { placeholder: "TEXT", kind: ParameterKind::Text };
const SEED: Parameter = Parameter { placeholder: "SEED", kind: ParameterKind::Seed };

impl FaultKind {
    /// All kinds, in the order in which help texts list them.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns the description of this kind of fault.
    #[must_use]
    pub const fn spec(self) -> &'static FaultSpec {
        use FaultGroup::{BreaksTls, ChangesBytes, Combines, HangsUp, LosesBytes, TakesTime};
        match self {
            Self::Truncate => &FaultSpec {
                name: "truncate",
                parameters: &[COUNT],
                group: LosesBytes,
                example: "truncate:3",
            },
            Self::Reset => &FaultSpec {
                name: "reset",
                parameters: &[COUNT],
                group: HangsUp,
                example: "reset:3",
            },
            Self::Corrupt => &FaultSpec {
                name: "corrupt",
                parameters: &[OFFSET],
                group: ChangesBytes,
                example: "corrupt:1",
            },
            Self::Upper => {
                &FaultSpec { name: "upper", parameters: &[], group: ChangesBytes, example: "upper" }
            }
            Self::Delay => &FaultSpec {
                name: "delay",
                parameters: &[TIME],
                group: TakesTime,
                example: "delay:1s",
            },
            Self::Split => &FaultSpec {
                name: "split",
                parameters: &[SIZE, GAP],
                group: TakesTime,
                example: "split:2:200ms",
            },
            Self::Extra => &FaultSpec {
                name: "extra",
                parameters: &[ADDED],
                group: ChangesBytes,
                example: "extra:3",
            },
            Self::Banner => &FaultSpec {
                name: "banner",
                parameters: &[TEXT],
                group: ChangesBytes,
                example: r"banner:Hi!\n",
            },
            Self::Silent => {
                &FaultSpec { name: "silent", parameters: &[], group: TakesTime, example: "silent" }
            }
            Self::LateFin => &FaultSpec {
                name: "late-fin",
                parameters: &[],
                group: TakesTime,
                example: "late-fin",
            },
            Self::Refuse => {
                &FaultSpec { name: "refuse", parameters: &[], group: HangsUp, example: "refuse" }
            }
            Self::Expired => &FaultSpec {
                name: "expired",
                parameters: &[],
                group: BreaksTls,
                example: "expired",
            },
            Self::WrongName => &FaultSpec {
                name: "wrong-name",
                parameters: &[],
                group: BreaksTls,
                example: "wrong-name",
            },
            Self::SelfSigned => &FaultSpec {
                name: "self-signed",
                parameters: &[],
                group: BreaksTls,
                example: "self-signed",
            },
            Self::Plaintext => &FaultSpec {
                name: "plaintext",
                parameters: &[],
                group: BreaksTls,
                example: "plaintext",
            },
            Self::NoCloseNotify => &FaultSpec {
                name: "no-close-notify",
                parameters: &[],
                group: BreaksTls,
                example: "no-close-notify",
            },
            Self::Chaos => &FaultSpec {
                name: "chaos",
                parameters: &[SEED],
                group: Combines,
                example: "chaos:16",
            },
        }
    }

    /// Returns whether clients connect to a server with such a fault over TLS.
    #[must_use]
    pub fn is_over_tls(self) -> bool {
        self.spec().group == FaultGroup::BreaksTls
    }

    /// Returns the kind of fault that has this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.spec().name == name)
    }
}

impl Fault {
    /// Returns the name with which the text form begins.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.kind().spec().name
    }
}

impl FaultSpec {
    /// Returns the text form with placeholders for the arguments, such as `split:SIZE:GAP`.
    #[must_use]
    pub fn form(&self) -> String {
        let mut form = self.name.to_owned();
        for parameter in self.parameters {
            form.push(':');
            form += parameter.placeholder;
        }
        form
    }
}

/// Returns the [form](FaultSpec::form) of every kind of fault, for a help text.
#[must_use]
pub fn forms() -> Vec<String> {
    FaultKind::ALL.iter().map(|kind| kind.spec().form()).collect()
}

impl ParameterKind {
    /// Returns what an error message says that the argument has to be.
    #[must_use]
    pub const fn expected(self) -> Expected {
        match self {
            Self::Bytes | Self::Offset => Count::EXPECTED,
            Self::Size => Size::EXPECTED,
            Self::Time => Time::EXPECTED,
            Self::Text => Greeting::EXPECTED,
            Self::Seed => u64::EXPECTED,
        }
    }

    /// Returns the lowest and the highest number that the parameter takes, in milliseconds for a
    /// time, or `None` if it takes a text.
    #[must_use]
    pub fn bounds(self) -> Option<(u64, u64)> {
        match self.expected() {
            Expected::Number { min, max } => Some((min, max)),
            Expected::Time => Some((0, u64::try_from(MAX_TIME.as_millis()).unwrap_or(u64::MAX))),
            Expected::Greeting => None,
        }
    }
}

impl FaultGroup {
    /// All groups, in the order in which they are listed.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns the kinds of faults in this group, in the order of [`FaultKind::ALL`].
    pub fn kinds(self) -> impl Iterator<Item = FaultKind> {
        FaultKind::ALL.iter().copied().filter(move |kind| kind.spec().group == self)
    }
}
