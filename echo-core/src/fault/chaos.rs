//! Several faults at once, chosen by a seed.

use super::{Count, Fault, Greeting, Size, Time};
use crate::lines::TUTORIAL_MESSAGE;

/// The faults of `chaos:SEED`: from each group one or none, and at least one in all. Those of
/// different groups do not contradict each other.
pub(super) fn parts(seed: u64) -> Vec<Fault> {
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
        0 => place(random).map(Fault::Corrupt),
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
        0 => place(random).map(Fault::Truncate),
        1 => place(random).map(Fault::Reset),
        _ => Size::new(1 + random.below(4)).map(Fault::Extra),
    }
}

/// A place within the tutorial's message, so that something is to be seen there.
fn place(random: &mut SplitMix64) -> Option<Count> {
    Count::new(random.below(TUTORIAL_MESSAGE.len() as u64))
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, with the
/// constants of Vigna's `splitmix64.c`: the same numbers on every machine.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is far below 2³²: the upper half, scaled.
    fn below(&mut self, bound: u64) -> u64 {
        ((self.next() >> 32) * bound) >> 32
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

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
            let names: HashSet<_> = parts.iter().map(Fault::name).collect();
            assert!((1..=4).contains(&parts.len()), "{seed}");
            assert_eq!(names.len(), parts.len(), "{seed}");
        }
    }

    #[test]
    fn every_fault_that_can_be_mixed_is_some_time() {
        let seen: HashSet<_> = (0..200).flat_map(parts).map(|fault| fault.name()).collect();
        let never: Vec<_> = ["silent", "refuse", "chaos"].into();
        assert_eq!(seen.len(), 12 - never.len());
        assert!(never.iter().all(|name| !seen.contains(name)));
    }
}
