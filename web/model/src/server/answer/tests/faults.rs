//! The page with a fault of the lab does what the bridge's servers with that fault do.

use std::time::Duration;

use echo_core::fault::{self, FaultBehavior, FaultKind, MAX_HELD, SETTLE};
use proptest::prelude::*;

use super::*;

/// What the peer does, in order.
#[derive(Clone, Debug)]
enum Step {
    Sends(Vec<u8>),
    Finishes,
    /// It lets the server have its time.
    Waits,
}

/// What a server does, as far as the peer could see it. Its writes are not told apart.
#[derive(Clone, Debug, PartialEq)]
enum Seen {
    Sent(Vec<u8>),
    Waited(Duration),
    Fin,
    Reset,
}

fn see(seen: &mut Vec<Seen>, what: Seen) {
    if let (Some(Seen::Sent(before)), Seen::Sent(bytes)) = (seen.last_mut(), &what) {
        before.extend(bytes);
    } else {
        seen.push(what);
    }
}

/// Runs a server as `bridge/src/echo_server/faulty_connection.rs` does: it carries actions out
/// until there is none, and reads then and during pauses.
fn bridge(fault: &Fault, steps: &[Step]) -> Vec<Seen> {
    let mut server = FaultBehavior::new(fault);
    let mut seen = Vec::new();
    let mut steps = steps.iter();
    loop {
        while let Some(action) = server.next_action() {
            match action {
                fault::Action::Send(bytes) => see(&mut seen, Seen::Sent(bytes)),
                fault::Action::Settle => see(&mut seen, Seen::Waited(SETTLE)),
                fault::Action::Pause(time) => {
                    see(&mut seen, Seen::Waited(time));
                    let meanwhile = steps.by_ref().take_while(|it| !matches!(it, Step::Waits));
                    meanwhile.for_each(|step| feed(&mut server, step));
                }
                fault::Action::Fin => see(&mut seen, Seen::Fin),
                fault::Action::Reset => see(&mut seen, Seen::Reset),
            }
        }
        let mut read = steps.by_ref().filter(|step| !matches!(step, Step::Waits));
        match read.next() {
            Some(step) if !server.is_over() => feed(&mut server, step),
            _ => return seen,
        }
    }
}

fn feed(server: &mut FaultBehavior, step: &Step) {
    match step {
        Step::Sends(bytes) => server.on_bytes(bytes),
        Step::Finishes => server.on_finish(),
        Step::Waits => {}
    }
}

/// Runs the page with the same fault, on a connection that takes `room` bytes at a time.
fn page(fault: &Fault, steps: &[Step], room: usize) -> Vec<Seen> {
    let mut responder = Responder::new(&Answer::Fault(fault.clone()), PEER);
    let mut seen = Vec::new();
    let mut waits = false;
    let mut handle = |input: Input<'_>, waits: &mut bool| {
        let mut actions = responder.handle(input);
        while !actions.is_empty() {
            for action in &actions {
                match action {
                    Action::Send(bytes) => see(&mut seen, Seen::Sent(bytes.clone())),
                    Action::Wait(millis) => {
                        *waits = true;
                        see(&mut seen, Seen::Waited(Duration::from_millis((*millis).into())));
                    }
                    Action::Finish => see(&mut seen, Seen::Fin),
                    Action::Reset => see(&mut seen, Seen::Reset),
                    Action::Consumed(_) => {}
                    Action::Matched(_) => panic!("{action:?}"),
                }
            }
            actions = responder.handle(Input::Room(room));
        }
    };
    handle(Input::Room(room), &mut waits);
    handle(Input::Established, &mut waits);
    for step in steps {
        match step {
            Step::Sends(bytes) => handle(Input::Bytes(bytes), &mut waits),
            Step::Finishes => handle(Input::PeerFinished, &mut waits),
            Step::Waits => {
                if std::mem::take(&mut waits) {
                    handle(Input::DelayElapsed, &mut waits);
                }
            }
        }
    }
    while std::mem::take(&mut waits) {
        handle(Input::DelayElapsed, &mut waits);
    }
    seen
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => prop::collection::vec(any::<u8>(), 1..20).prop_map(Step::Sends),
        2 => Just(Step::Waits),
    ]
}

/// A fault with small arguments, of a kind that the page can have.
fn any_fault() -> impl Strategy<Value = Fault> {
    let kinds: Vec<_> =
        FaultKind::ALL.iter().copied().filter(|kind| not_as_a_server(*kind).is_none()).collect();
    (prop::sample::select(kinds), 1..9_u32, any::<u64>()).prop_map(|(kind, n, seed)| {
        let name = kind.spec().name;
        let text = match kind {
            FaultKind::Truncate | FaultKind::Reset | FaultKind::Corrupt | FaultKind::Extra => {
                format!("{name}:{n}")
            }
            FaultKind::Delay => format!("{name}:{n}ms"),
            FaultKind::Split => format!("{name}:{n}:{n}ms"),
            FaultKind::Banner => format!("{name}:Hi {n}!"),
            FaultKind::Chaos => format!("{name}:{seed}"),
            FaultKind::Upper
            | FaultKind::Silent
            | FaultKind::LateFin
            | FaultKind::Refuse
            | FaultKind::Expired
            | FaultKind::WrongName
            | FaultKind::SelfSigned
            | FaultKind::Plaintext
            | FaultKind::NoCloseNotify => name.into(),
        };
        text.parse().unwrap()
    })
}

proptest! {
    #[test]
    fn the_page_does_with_a_fault_what_the_bridge_does(
        fault in any_fault(),
        mut steps in prop::collection::vec(step(), 0..12),
        finishes in any::<bool>(),
        room in prop::sample::select(vec![1, 3, 1024]),
    ) {
        if finishes {
            steps.push(Step::Finishes);
        }
        let (page, bridge) = (page(&fault, &steps, room), bridge(&fault, &steps));
        prop_assert_eq!(page, bridge, "{}", fault);
    }
}

#[test]
fn the_examples_of_the_lab_do_what_they_say() {
    let hello = || [Step::Sends(b"Hello!".to_vec()), Step::Finishes];
    let of = |text: &str| page(&text.parse().unwrap(), &hello(), 1024);
    let sent = |bytes: &[u8]| Seen::Sent(bytes.to_vec());
    let settled = Seen::Waited(SETTLE);
    assert_eq!(of("truncate:3"), [sent(b"Hel"), Seen::Fin]);
    assert_eq!(of("reset:3"), [sent(b"Hel"), settled, Seen::Reset]);
    assert_eq!(of("corrupt:1"), [sent(b"Hdllo!"), Seen::Fin]);
    assert_eq!(of("upper"), [sent(b"HELLO!"), Seen::Fin]);
    assert_eq!(of("silent"), [Seen::Fin]);
    assert_eq!(of("late-fin"), [sent(b"Hello!"), Seen::Fin]);
    assert_eq!(of(r"banner:Hi!\n"), [sent(b"Hi!\nHello!"), Seen::Fin]);
    let second = Seen::Waited(Duration::from_secs(1));
    assert_eq!(of("delay:1s"), [second, sent(b"Hello!"), Seen::Fin]);
}

#[test]
fn a_fault_that_is_flooded_holds_no_more_than_it_does_in_the_bridge() {
    let mut responder = open(&Answer::Fault("delay:1s".parse().unwrap()));
    let mut consumed = 0;
    for _ in 0..8 {
        for action in receive(&mut responder, &vec![7; MAX_HELD / 4]) {
            consumed += if let Action::Consumed(count) = action { count } else { 0 };
        }
    }
    assert_eq!((consumed, responder.held()), (MAX_HELD, MAX_HELD));
}

#[test]
fn the_page_can_have_every_fault_that_listens_and_speaks_plain_tcp() {
    for kind in FaultKind::ALL {
        let fault: Fault = kind.spec().example.parse().unwrap();
        let can_have = fault.listens() && !fault.is_over_tls();
        assert_eq!(not_as_a_server(*kind).is_none(), can_have, "{fault}");
    }
}
