mod behavior;
mod chunking;
mod spec;
mod text;

use proptest::prelude::*;

use super::{Bounded, Fault, FaultKind, Greeting, MAX_GREETING, MAX_TIME, Time};

fn fault(text: &str) -> Fault {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A number near the lower bound or anywhere within.
fn number<const MIN: u32, const MAX: u32>() -> impl Strategy<Value = Bounded<MIN, MAX>> {
    let nearby = MIN..=MAX.min(MIN + 16);
    prop_oneof![nearby, MIN..=MAX].prop_map(|number| Bounded::new(number.into()).unwrap())
}

fn time() -> impl Strategy<Value = Time> {
    let longest = u64::try_from(MAX_TIME.as_millis()).unwrap();
    prop_oneof![(0..=longest / 1000).prop_map(|seconds| seconds * 1000), 0..=longest]
        .prop_map(|millis| Time::from_millis(millis).unwrap())
}

fn greeting() -> impl Strategy<Value = Greeting> {
    let bytes = prop::collection::vec(any::<u8>(), 1..=MAX_GREETING);
    let text = "[ -~你\r\n]{1,64}".prop_map(String::into_bytes);
    prop_oneof![bytes, text].prop_map(|bytes| Greeting::new(bytes).unwrap())
}

fn any_fault() -> impl Strategy<Value = Fault> {
    prop::sample::select(FaultKind::ALL).prop_flat_map(any_fault_of)
}

fn any_fault_of(kind: FaultKind) -> BoxedStrategy<Fault> {
    match kind {
        FaultKind::Truncate => number().prop_map(Fault::Truncate).boxed(),
        FaultKind::Reset => number().prop_map(Fault::Reset).boxed(),
        FaultKind::Corrupt => number().prop_map(Fault::Corrupt).boxed(),
        FaultKind::Upper => Just(Fault::Upper).boxed(),
        FaultKind::Delay => time().prop_map(Fault::Delay).boxed(),
        FaultKind::Split => {
            (number(), time()).prop_map(|(size, gap)| Fault::Split { size, gap }).boxed()
        }
        FaultKind::Extra => number().prop_map(Fault::Extra).boxed(),
        FaultKind::Banner => greeting().prop_map(Fault::Banner).boxed(),
        FaultKind::Silent => Just(Fault::Silent).boxed(),
        FaultKind::LateFin => Just(Fault::LateFin).boxed(),
        FaultKind::Refuse => Just(Fault::Refuse).boxed(),
        FaultKind::Expired => Just(Fault::Expired).boxed(),
        FaultKind::WrongName => Just(Fault::WrongName).boxed(),
        FaultKind::SelfSigned => Just(Fault::SelfSigned).boxed(),
        FaultKind::Plaintext => Just(Fault::Plaintext).boxed(),
        FaultKind::NoCloseNotify => Just(Fault::NoCloseNotify).boxed(),
        FaultKind::Chaos => any::<u64>().prop_map(Fault::Chaos).boxed(),
    }
}
