use proptest::prelude::*;

use super::any_fault;
use crate::fault::{Action, Fault, FaultBehavior, MAX_HELD};

/// Whether the client says all it has to say while the server pauses, or waits for it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Client {
    Quick,
    Patient,
}

/// All that a server does for a client that says these pieces and finishes.
fn run(fault: &Fault, pieces: &[&[u8]], client: Client) -> Vec<Action> {
    let mut server = FaultBehavior::new(fault);
    let mut done = Vec::new();
    for piece in pieces {
        while let Some(action) = server.next_action() {
            let pauses = matches!(action, Action::Pause(_));
            done.push(action);
            if pauses && client == Client::Quick && server.room() >= piece.len() {
                break;
            }
        }
        assert!(server.room() > 0, "nothing to do, and no room");
        server.on_bytes(piece);
    }
    server.on_finish();
    done.extend(std::iter::from_fn(|| server.next_action()));
    assert!(server.is_over());
    done
}

/// The bytes sent, and how it ended.
fn told(actions: &[Action]) -> (Vec<u8>, Option<&Action>) {
    let sent = actions.iter().filter_map(|action| match action {
        Action::Send(bytes) => Some(&bytes[..]),
        _ => None,
    });
    (sent.collect::<Vec<_>>().concat(), actions.last())
}

fn cut<'a>(bytes: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|piece| &bytes[piece[0]..piece[1]]).collect()
}

/// Whether it adds bytes to every message, so that it matters what a message is.
fn adds(fault: &Fault) -> bool {
    fault.parts().iter().any(|part| matches!(part, Fault::Extra(_)))
}

fn any_cuts() -> impl Strategy<Value = Vec<prop::sample::Index>> {
    prop::collection::vec(any::<prop::sample::Index>(), 0..8)
}

proptest! {
    #[test]
    fn what_is_sent_does_not_depend_on_how_the_message_was_cut(
        fault in any_fault(),
        message in prop::collection::vec(any::<u8>(), 0..48),
        cuts in any_cuts(),
    ) {
        let whole = run(&fault, &[&message], Client::Quick);
        let pieces = cut(&message, &cuts);
        let quick = run(&fault, &pieces, Client::Quick);
        prop_assert_eq!(told(&quick), told(&whole));
        if !adds(&fault) {
            let patient = run(&fault, &pieces, Client::Patient);
            prop_assert_eq!(told(&patient), told(&whole));
        }
    }

    #[test]
    fn chaos_does_the_same_for_the_same_seed(
        seed in any::<u64>(),
        message in prop::collection::vec(any::<u8>(), 0..48),
        cuts in any_cuts(),
    ) {
        let pieces = cut(&message, &cuts);
        let once = run(&Fault::Chaos(seed), &pieces, Client::Patient);
        prop_assert_eq!(run(&Fault::Chaos(seed), &pieces, Client::Patient), once);
    }

    #[test]
    fn every_connection_has_one_end_and_no_reset_without_time_to_arrive(
        fault in any_fault(),
        message in prop::collection::vec(any::<u8>(), 0..48),
        cuts in any_cuts(),
    ) {
        let actions = run(&fault, &cut(&message, &cuts), Client::Patient);
        let ends = actions.iter().filter(|action| matches!(action, Action::Fin | Action::Reset));
        prop_assert_eq!(ends.count(), 1);
        let sent = actions.iter().any(|action| matches!(action, Action::Send(_)));
        if sent && actions.last() == Some(&Action::Reset) {
            prop_assert_eq!(&actions[actions.len() - 2], &Action::Settle);
        }
        prop_assert!(!actions.contains(&Action::Send(Vec::new())));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn who_keeps_to_the_room_is_never_stuck(fault in any_fault(), count in 1..4usize) {
        let mut server = FaultBehavior::new(&fault);
        let message = vec![b'a'; count * MAX_HELD];
        let mut rest = &message[..];
        while !rest.is_empty() {
            let (piece, later) = rest.split_at(rest.len().min(server.room()));
            server.on_bytes(piece);
            rest = later;
            while server.next_action().is_some() {}
            prop_assert!(server.room() > 0);
        }
    }
}
