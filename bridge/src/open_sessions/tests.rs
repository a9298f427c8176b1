//! Tests of the counts, and of ending sessions from outside.

use std::net::SocketAddr;

use echo_core::wire::{Failure, Kind, Party};

use super::*;

fn identity(id: u64) -> Identity<'static> {
    Identity {
        id,
        client: SocketAddr::from(([127, 0, 0, 1], 9)).into(),
        origin: None,
        target: "echo",
    }
}

/// One ending of each kind.
fn endings() -> Vec<Ending> {
    let failed = |stage| Ending::Failed(Failure::new(stage, Kind::Internal, ""));
    let others = [
        Ending::Finished { by: Party::Target },
        Ending::ClientClosed,
        Ending::ClientReset,
        Ending::ClientVanished(String::new()),
    ];
    others.into_iter().chain(Stage::ALL.map(failed)).collect()
}

#[test]
fn each_ending_has_a_label_of_its_own_which_is_there_from_the_start() {
    let sessions = Arc::new(OpenSessions::new());
    let labels: Vec<_> = sessions.counts().closed.into_keys().collect();
    for (id, ending) in (0..).zip(endings()) {
        sessions.register(identity(id)).set_ending(&ending);
    }
    drop(sessions.register(identity(100)));
    let counts = sessions.counts();
    assert_eq!(counts.closed.clone().into_keys().collect::<Vec<_>>(), labels);
    assert!(counts.closed.values().all(|count| *count == 1), "{counts:?}");
    assert_eq!((counts.opened, counts.active), (labels.len() as u64, 0));
}

#[test]
fn at_any_time_as_many_were_opened_as_have_ended_and_are_open() {
    let sessions = Arc::new(OpenSessions::new());
    let threads = (0..4_u64).map(|thread| {
        let sessions = sessions.clone();
        std::thread::spawn(move || {
            for id in 0..1000 {
                let mut session = sessions.register(identity(thread * 1000 + id));
                session.set_ending(&Ending::ClientClosed);
            }
        })
    });
    let threads: Vec<_> = threads.collect();
    while !threads.iter().all(std::thread::JoinHandle::is_finished) {
        let counts = sessions.counts();
        let closed: u64 = counts.closed.values().sum();
        assert_eq!(counts.opened, closed + counts.active as u64);
    }
    assert_eq!(sessions.counts().opened, 4000);
}

#[tokio::test]
async fn a_session_ends_for_the_first_reason_that_was_given() {
    let sessions = Arc::new(OpenSessions::new());
    let session = sessions.register(identity(7));
    assert!(!sessions.stop(8, StopReason::Operator));
    assert_eq!(sessions.running().len(), 1);
    assert!(sessions.stop(7, StopReason::Operator));
    session.entry().stop(StopReason::Restart);
    assert_eq!(session.entry().stopped().await, StopReason::Operator);
    assert!(sessions.running().is_empty());
}

#[tokio::test]
async fn when_all_are_ended_those_that_come_later_are_ended_too() {
    let sessions = Arc::new(OpenSessions::new());
    let before = sessions.register(identity(1));
    sessions.stop_all(StopReason::Shutdown);
    let after = sessions.register(identity(2));
    for session in [before, after] {
        assert_eq!(session.entry().stopped().await, StopReason::Shutdown);
    }
}

#[test]
fn what_a_client_wrote_is_bounded() {
    let sessions = Arc::new(OpenSessions::new());
    let long = "好".repeat(20_000);
    let identity = Identity { origin: Some(&long), target: &long, ..identity(1) };
    let _session = sessions.register(identity);
    let told = serde_json::to_string(&sessions.views()).unwrap();
    assert!(told.len() < 1000, "{told}");
}
