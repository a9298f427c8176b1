//! The selection of several faults by a seed.

use super::bounds::{Count, Greeting, Size, Time};
use super::definition::Fault;
use crate::lines::TUTORIAL_MESSAGE;

impl Fault {
    /// Returns the faults that this one consists of: one to four compatible faults for
    /// [`Fault::Chaos`], all of which listen, and the fault itself for every other one.
    #[must_use]
    pub fn parts(&self) -> Vec<Self> {
        match self {
            Self::Chaos(seed) => parts(*seed),
            fault => vec![fault.clone()],
        }
    }
}

/// Returns the faults that a seed selects: at most one of each function below and at least one in
/// all. Faults of different functions are compatible.
fn parts(seed: u64) -> Vec<Fault> {
    let mut random = SplitMix64(seed);
    let groups = [speaking_first, changing, taking_time, ending];
    let sure = random.below(4);
    let mut parts = Vec::new();
    for (group, index) in groups.into_iter().zip(0..) {
        let chosen = index == sure || random.below(3) == 0;
        parts.extend(group(&mut random).filter(|_| chosen));
    }
    parts
}

fn speaking_first(_: &mut SplitMix64) -> Option<Fault> {
    Greeting::new(b"Who is there?\r\n".to_vec()).map(Fault::Banner)
}

fn changing(random: &mut SplitMix64) -> Option<Fault> {
    match random.below(2) {
        0 => offset(random).map(Fault::Corrupt),
        _ => Some(Fault::Upper),
    }
}

fn taking_time(random: &mut SplitMix64) -> Option<Fault> {
    match random.below(3) {
        0 => Time::from_millis(50 * (1 + random.below(10))).map(Fault::Delay),
        1 => {
            let size = Size::new(1 + random.below(4))?;
            let gap = Time::from_millis(10 * (1 + random.below(10)))?;
            Some(Fault::Split { size, gap })
        }
        _ => Some(Fault::LateFin),
    }
}

fn ending(random: &mut SplitMix64) -> Option<Fault> {
    match random.below(3) {
        0 => offset(random).map(Fault::Truncate),
        1 => offset(random).map(Fault::Reset),
        _ => Size::new(1 + random.below(4)).map(Fault::Extra),
    }
}

/// Returns an offset within the tutorial's message, so that a client that sends it sees the effect.
fn offset(random: &mut SplitMix64) -> Option<Count> {
    Count::new(random.below(TUTORIAL_MESSAGE.len() as u64))
}

/// The pseudorandom number generator of Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014, with the constants of Vigna's `splitmix64.c`. It gives the same
/// numbers on every machine.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `bound`, which must be far below 2³²: the upper 32 bits, scaled.
    fn below(&mut self, bound: u64) -> u64 {
        ((self.next() >> 32) * bound) >> 32
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::fault::FaultKind;

    fn printed(seed: u64) -> String {
        parts(seed).iter().map(Fault::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        let mut random = SplitMix64(1_234_567);
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(expected.map(|_| random.next()), expected);
    }

    #[test]
    fn a_seed_means_the_same_for_ever() {
        let cases = [
            (0, "upper delay:100ms extra:1"),
            (1, "late-fin"),
            (5, "corrupt:0 split:4:60ms"),
            (16, r"banner:Who is there?\r\n upper reset:5"),
            (20, r"banner:Who is there?\r\n corrupt:2 delay:450ms truncate:2"),
            (u64::MAX, "corrupt:4 truncate:4"),
        ];
        for (seed, expected) in cases {
            assert_eq!(printed(seed), expected);
        }
    }

    #[test]
    fn every_seed_gives_one_to_four_faults_of_different_groups() {
        for seed in 0..1000 {
            let parts = parts(seed);
            let kinds: HashSet<_> = parts.iter().map(Fault::kind).collect();
            assert!((1..=4).contains(&parts.len()), "{seed}");
            assert_eq!(kinds.len(), parts.len(), "{seed}");
        }
    }

    #[test]
    fn every_fault_that_can_be_mixed_is_some_time() {
        let seen: HashSet<_> = (0..200).flat_map(parts).map(|fault| fault.kind()).collect();
        let is_never = |kind: &FaultKind| {
            let alone = [FaultKind::Silent, FaultKind::Refuse, FaultKind::Chaos];
            alone.contains(kind) || kind.is_over_tls()
        };
        let mixed = FaultKind::ALL.iter().filter(|kind| !is_never(kind));
        assert_eq!(seen, mixed.copied().collect());
    }
}
