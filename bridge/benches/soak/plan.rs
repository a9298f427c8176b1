//! What a session does, chosen at random.

use tokio::time::Duration;

/// How many round trips all sessions make in a second, about.
const ROUNDS_A_SECOND: u32 = 1000;
/// The longest pause, after which no client is given up that answers no ping meanwhile.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// What is sent before the session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Traffic {
    /// 64 bytes and back, so often.
    PingPong { rounds: u32 },
    /// 64 KiB and back, so often, without a pause.
    Bulk { rounds: u32 },
    /// Single bytes, so many, and nobody waits for them to come back.
    Trickle { bytes: u32 },
    /// The target sends a megabyte, and the client does not read for so long.
    Stall { pause: Duration },
}

/// How a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// Both sides finish; in the raw dialect the client closes.
    Finish,
    /// The client closes.
    Close,
    /// The client asks for RST; in the raw dialect it closes.
    Reset,
    /// The client's connection ends with FIN and without Close.
    Vanish,
    /// The client's connection is reset.
    Break,
    /// The target resets its connection in the middle.
    TargetDies,
    /// The target finishes in the middle.
    TargetLeaves,
}

impl Ending {
    pub(crate) const ALL: [Self; 7] = [
        Self::Finish,
        Self::Close,
        Self::Reset,
        Self::Vanish,
        Self::Break,
        Self::TargetDies,
        Self::TargetLeaves,
    ];
}

/// What a session does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Whether it speaks `tcp-bridge.v1`; else it is raw.
    pub(crate) has_control: bool,
    pub(crate) is_traced: bool,
    pub(crate) traffic: Traffic,
    /// The longest pause between two round trips or bytes.
    pub(crate) pause: Duration,
    pub(crate) ending: Ending,
}

impl Plan {
    /// Chooses one of `sessions` plans.
    pub(crate) fn choose(random: &mut Random, sessions: u32) -> Self {
        let has_control = random.below(3) > 0;
        let traffic = match random.below(100) {
            0..4 => Traffic::Bulk { rounds: 4 + random.below(28) },
            4..6 => {
                Traffic::Stall { pause: Duration::from_millis(500 + u64::from(random.below(2500))) }
            }
            6..25 => Traffic::Trickle { bytes: 2 + random.below(30) },
            _ => Traffic::PingPong { rounds: 2 + random.below(28) },
        };
        // What dies or leaves has to have something to do before.
        let is_plain = !matches!(traffic, Traffic::Stall { .. });
        let ending = match random.below(100) {
            0..30 => Ending::Finish,
            55..65 => Ending::Reset,
            65..75 => Ending::Vanish,
            75..85 => Ending::Break,
            85..93 if is_plain => Ending::TargetDies,
            93.. if is_plain => Ending::TargetLeaves,
            _ => Ending::Close,
        };
        let pause = (Duration::from_secs(2) * sessions / ROUNDS_A_SECOND).min(LONGEST_PAUSE);
        Self { has_control, is_traced: random.below(4) == 0, traffic, pause, ending }
    }
}

/// Numbers that look random and are the same for the same seed: `SplitMix64`.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// Returns a number less than `bound`.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.next() % u64::from(bound)).unwrap_or_default()
    }

    /// Returns a duration of at most `most`.
    pub(crate) fn up_to(&mut self, most: Duration) -> Duration {
        most.mul_f64(f64::from(self.below(1 << 20)) / f64::from(1 << 20))
    }
}
