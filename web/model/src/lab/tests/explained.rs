//! Every fault, with messages that show it and messages that do not.

use echo_core::fault::Fault;
use echo_core::wire::{Kind, Stage};

use crate::cause::Cause;
use crate::lab::explain::{Explanation, explain};
use crate::lab::explanation::{ClientLine, ExplanationKind};
use crate::lab::observed_run::ObservedRun;
use crate::lab::outcome::Outcome;
use crate::modes::once::StoppedBy;

const RESET: Cause = Cause::Failed(Stage::Read, Kind::Reset);
const REFUSED: Cause = Cause::Failed(Stage::Connect, Kind::Refused);

fn observed<'a>(outcome: Outcome, sent: &'a str, reply: &'a str) -> ObservedRun<'a> {
    let cause = match outcome {
        Outcome::NotReceived => Some(Cause::EarlyEnd),
        Outcome::NotConnected => Some(REFUSED),
        _ => None,
    };
    let stopper = (outcome == Outcome::Waits).then_some(StoppedBy::Limit);
    ObservedRun { outcome, cause, stopper, sent: sent.as_bytes(), reply: reply.as_bytes() }
}

fn why(fault: &str, observed: &ObservedRun) -> Explanation {
    explain(&fault.parse::<Fault>().unwrap(), observed)
}

#[test]
fn each_fault_explains_what_it_leads_to() {
    use Outcome::{NotConnected, NotReceived, Ok, Unexpected, Waits};
    let long = "x".repeat(300 * 1024);
    let cases = [
        ("truncate:3", NotReceived, "Hello!", "Hel", ExplanationKind::CutShort, ClientLine::Read),
        ("truncate:0", NotReceived, "Hello!", "", ExplanationKind::CutShort, ClientLine::Read),
        ("truncate:6", Ok, "Hello!", "Hello!", ExplanationKind::HangsUpLater, ClientLine::Read),
        ("truncate:7", Ok, "Hello!", "Hello!", ExplanationKind::HangsUpLater, ClientLine::Read),
        ("reset:6", Ok, "Hello!", "Hello!", ExplanationKind::HangsUpLater, ClientLine::Read),
        (
            "corrupt:1",
            Unexpected,
            "Hello!",
            "Hdllo!",
            ExplanationKind::Changed,
            ClientLine::Compare,
        ),
        ("corrupt:6", Ok, "Hello!", "Hello!", ExplanationKind::ChangesLater, ClientLine::Compare),
        ("upper", Unexpected, "Hello!", "HELLO!", ExplanationKind::Capitals, ClientLine::Compare),
        ("upper", Ok, "42, 你好", "42, 你好", ExplanationKind::NoSmallLetters, ClientLine::Compare),
        ("extra:3", Ok, "Hello!", "Hello!", ExplanationKind::Unread, ClientLine::Read),
        (
            "banner:Hi!",
            Unexpected,
            "Hello!",
            "Hi!Hel",
            ExplanationKind::Greeted,
            ClientLine::Compare,
        ),
        ("banner:Hello!!", Ok, "Hello!", "Hello!", ExplanationKind::GreetedAlike, ClientLine::Read),
        ("delay:200ms", Ok, "Hello!", "Hello!", ExplanationKind::Late, ClientLine::Read),
        ("delay:10s", Waits, "Hello!", "", ExplanationKind::TooLate, ClientLine::Read),
        ("split:2:100ms", Ok, "Hello!", "Hello!", ExplanationKind::Joined, ClientLine::Read),
        ("split:6:100ms", Ok, "Hello!", "Hello!", ExplanationKind::OnePiece, ClientLine::Read),
        ("split:1:2s", Waits, "Hello!", "Hel", ExplanationKind::TooLate, ClientLine::Read),
        ("silent", Waits, "Hello!", "", ExplanationKind::Silent, ClientLine::Read),
        ("late-fin", Waits, "Hello!", "", ExplanationKind::Deadlock, ClientLine::Write),
        ("late-fin", Ok, &long, &long, ExplanationKind::HeldTooMuch, ClientLine::Read),
        ("refuse", NotConnected, "Hello!", "", ExplanationKind::Refused, ClientLine::Connect),
    ];
    for (fault, ending, sent, reply, reason, line) in cases {
        let explained = why(fault, &observed(ending, sent, reply));
        let came = (explained.kind, explained.line, explained.parts);
        assert_eq!(came, (reason, line, None), "{fault} {ending:?}");
        assert_eq!((explained.sent, explained.received), (sent.len(), reply.len()), "{fault}");
    }
}

#[test]
fn a_reset_is_explained_by_the_reset_wherever_it_met_the_program() {
    let reset = |cause, reply| ObservedRun {
        cause: Some(cause),
        ..observed(Outcome::NotReceived, "Hello!", reply)
    };
    let read = why("reset:3", &reset(RESET, "Hel"));
    assert_eq!(
        (read.kind, read.line, &*read.argument),
        (ExplanationKind::Reset, ClientLine::Read, "3")
    );
    // What had not been read when it came may be lost.
    assert_eq!(why("reset:3", &reset(RESET, "H")).kind, ExplanationKind::Reset);
    let write = why("reset:0", &reset(Cause::Failed(Stage::Write, Kind::Reset), ""));
    assert_eq!((write.kind, write.line), (ExplanationKind::Reset, ClientLine::Write));
}

#[test]
fn a_cut_inside_a_character_is_noticed() {
    let cut = |fault, reply: &'static [u8]| {
        why(fault, &ObservedRun { reply, ..observed(Outcome::NotReceived, "你好", "") })
            .cuts_character
    };
    assert!(cut("truncate:4", b"\xe4\xbd\xa0\xe5"));
    assert!(!cut("truncate:3", "你".as_bytes()));
}

#[test]
fn a_run_that_somebody_stopped_is_not_blamed_on_the_server() {
    let stopped = |reply| ObservedRun {
        stopper: Some(StoppedBy::User),
        ..observed(Outcome::Waits, "Hello!", reply)
    };
    assert_eq!(why("delay:3s", &stopped("")).kind, ExplanationKind::StoppedBefore);
    assert_eq!(why("split:2:1s", &stopped("He")).kind, ExplanationKind::StoppedBefore);
    assert_eq!(why("truncate:3", &stopped("")).kind, ExplanationKind::StoppedBefore);
    assert_eq!(why("silent", &stopped("")).kind, ExplanationKind::Silent);
    assert_eq!(why("chaos:0", &stopped("")).kind, ExplanationKind::StoppedBefore);
}

#[test]
fn what_a_server_does_not_lead_to_is_not_explained_away() {
    use Outcome::{NotConnected, NotReceived, Ok, Unexpected, Waits};
    let cases = [
        ("truncate:3", Ok, "Hello!"),
        ("truncate:3", NotReceived, "He"),
        ("truncate:3", Waits, "Hel"),
        ("corrupt:1", Unexpected, "Hella!"),
        ("upper", Ok, "Hello!"),
        ("extra:3", NotReceived, "Hello"),
        ("banner:Hi!", Ok, "Hello!"),
        ("delay:1s", Waits, ""),
        ("split:2:100ms", NotReceived, "Hell"),
        ("silent", Ok, "Hello!"),
        ("silent", NotConnected, ""),
        ("late-fin", NotReceived, ""),
        ("reset:3", NotReceived, "Hel"),
        ("refuse", Ok, "Hello!"),
        ("chaos:0", NotReceived, "HEL"),
    ];
    for (fault, ending, reply) in cases {
        let explained = why(fault, &observed(ending, "Hello!", reply));
        assert_eq!(explained.kind, ExplanationKind::SomethingElse, "{fault} {ending:?} {reply}");
    }
    let gone = ObservedRun {
        cause: Some(Cause::BridgeGone),
        ..observed(Outcome::NotReceived, "Hello!", "Hel")
    };
    assert_eq!(why("truncate:3", &gone).kind, ExplanationKind::SomethingElse);
    assert_eq!(why("reset:3", &gone).kind, ExplanationKind::SomethingElse);
    let forbidden = Cause::Failed(Stage::Policy, Kind::Forbidden);
    let unreached =
        ObservedRun { cause: Some(forbidden), ..observed(Outcome::NotConnected, "Hello!", "") };
    assert_eq!(why("refuse", &unreached).kind, ExplanationKind::SomethingElse);
}

#[test]
fn chaos_tells_its_parts_and_the_one_that_explained_of() {
    let explained_of = |seed: &str, observed: &ObservedRun| {
        let explained = why(seed, observed);
        let (parts, decides) = explained.parts.unwrap();
        let parts: Vec<_> = parts.iter().map(ToString::to_string).collect();
        (explained.kind, parts.join(" "), decides.map(|it| it.to_string()).unwrap_or_default())
    };
    let upper = observed(Outcome::Unexpected, "Hello!", "HELLO!");
    let parts = "upper delay:100ms extra:1".to_owned();
    assert_eq!(
        explained_of("chaos:0", &upper),
        (ExplanationKind::Capitals, parts.clone(), "upper".into())
    );
    let digits = observed(Outcome::Ok, "123456", "123456");
    assert_eq!(explained_of("chaos:0", &digits), (ExplanationKind::NoneSeen, parts, String::new()));
    let waits = observed(Outcome::Waits, "Hello!", "");
    let alone = ("late-fin".to_owned(), "late-fin".to_owned());
    assert_eq!(explained_of("chaos:1", &waits), (ExplanationKind::Deadlock, alone.0, alone.1));
    let cut = observed(Outcome::NotReceived, "Hello!", "Hell");
    let (reason, _, decides) = explained_of(&format!("chaos:{}", u64::MAX), &cut);
    assert_eq!((reason, &*decides), (ExplanationKind::CutShort, "truncate:4"));
    let else_ = observed(Outcome::NotConnected, "Hello!", "");
    assert_eq!(explained_of("chaos:1", &else_).2, "");
}

#[test]
fn a_fault_of_tls_is_explained_by_how_the_handshake_fails() {
    use echo_core::wire::{Kind, Stage};
    for (fault, kind, explanation) in [
        ("expired", Kind::Expired, ExplanationKind::CertificateExpired),
        ("wrong-name", Kind::WrongName, ExplanationKind::CertificateForOthers),
        ("self-signed", Kind::UnknownIssuer, ExplanationKind::CertificateSelfSigned),
        ("plaintext", Kind::NotTls, ExplanationKind::NoTls),
    ] {
        let fault: Fault = fault.parse().unwrap();
        let cause = Some(Cause::Failed(Stage::Tls, kind));
        let failed = ObservedRun { cause, ..observed(Outcome::NotConnected, "Hello!", "") };
        let explained = explain(&fault, &failed);
        assert_eq!((explained.kind, explained.line), (explanation, ClientLine::Connect));
        let cause = Some(Cause::Failed(Stage::Tls, Kind::Handshake));
        let other = ObservedRun { cause, ..failed };
        assert_eq!(explain(&fault, &other).kind, ExplanationKind::SomethingElse);
        // Once there is a connection, the handshake is over.
        let later = ObservedRun { outcome: Outcome::NotReceived, ..failed };
        let explained = explain(&fault, &later);
        assert_eq!(
            (explained.kind, explained.line),
            (ExplanationKind::SomethingElse, ClientLine::Read)
        );
    }
    let echoed = observed(Outcome::Ok, "Hello!", "Hello!");
    let explained = |fault: &str| explain(&fault.parse().unwrap(), &echoed).kind;
    assert_eq!(explained("expired"), ExplanationKind::Unverified);
    assert_eq!(explained("no-close-notify"), ExplanationKind::NoCloseNotify);
    assert_eq!(explained("plaintext"), ExplanationKind::SomethingElse);
}

/// What the pure server does is what it explains, for any mix and message.
#[test]
fn whatever_a_seed_leads_to_is_explained() {
    use crate::lab::simulate::{ConnectionState, simulate};
    for seed in 0..300 {
        let fault = Fault::Chaos(seed);
        for sent in ["Hello!", "1", "你好", "A message of thirty bytes, say"] {
            let simulation = simulate(&fault, sent.as_bytes());
            let complete = simulation.reply.len() == sent.len();
            let (ending, cause) = match simulation.connection {
                _ if complete && simulation.reply == sent.as_bytes() => (Outcome::Ok, None),
                _ if complete => (Outcome::Unexpected, None),
                ConnectionState::Finished => (Outcome::NotReceived, Some(Cause::EarlyEnd)),
                ConnectionState::Reset => (Outcome::NotReceived, Some(RESET)),
                ConnectionState::Open | ConnectionState::Refused | ConnectionState::Insecure(_) => {
                    (Outcome::Waits, None)
                }
            };
            let observed =
                ObservedRun { cause, reply: &simulation.reply, ..observed(ending, sent, "") };
            let explained = explain(&fault, &observed);
            assert_ne!(
                explained.kind,
                ExplanationKind::SomethingElse,
                "{seed} {sent} {observed:?}"
            );
        }
    }
}
