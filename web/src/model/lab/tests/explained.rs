//! Every fault, with messages that show it and messages that do not.

use echo_core::fault::Fault;
use echo_core::wire::{Kind, Stage};

use super::super::super::cause::Cause;
use super::super::super::talk::Stopper;
use super::super::ending::Ending;
use super::super::explain::{Explanation, Told, explain};
use super::super::reason::{Line, Reason};

const RESET: Cause = Cause::Failed(Stage::Read, Kind::Reset);
const REFUSED: Cause = Cause::Failed(Stage::Connect, Kind::Refused);

fn told<'a>(ending: Ending, sent: &'a str, reply: &'a str) -> Told<'a> {
    let cause = match ending {
        Ending::NotReceived => Some(Cause::EarlyEnd),
        Ending::NotConnected => Some(REFUSED),
        _ => None,
    };
    let stopper = (ending == Ending::Waits).then_some(Stopper::Limit);
    Told { ending, cause, stopper, sent: sent.as_bytes(), reply: reply.as_bytes() }
}

fn why(fault: &str, told: &Told) -> Explanation {
    explain(&fault.parse::<Fault>().unwrap(), told)
}

#[test]
fn each_fault_explains_what_it_leads_to() {
    use Ending::{NotConnected, NotReceived, Ok, Unexpected, Waits};
    let long = "x".repeat(300 * 1024);
    let cases = [
        ("truncate:3", NotReceived, "Hello!", "Hel", Reason::CutShort, Line::Read),
        ("truncate:0", NotReceived, "Hello!", "", Reason::CutShort, Line::Read),
        ("truncate:6", Ok, "Hello!", "Hello!", Reason::HangsUpLater, Line::Read),
        ("truncate:7", Ok, "Hello!", "Hello!", Reason::HangsUpLater, Line::Read),
        ("reset:6", Ok, "Hello!", "Hello!", Reason::HangsUpLater, Line::Read),
        ("corrupt:1", Unexpected, "Hello!", "Hdllo!", Reason::Changed, Line::Compare),
        ("corrupt:6", Ok, "Hello!", "Hello!", Reason::ChangesLater, Line::Compare),
        ("upper", Unexpected, "Hello!", "HELLO!", Reason::Capitals, Line::Compare),
        ("upper", Ok, "42, 你好", "42, 你好", Reason::NoSmallLetters, Line::Compare),
        ("extra:3", Ok, "Hello!", "Hello!", Reason::Unread, Line::Read),
        ("banner:Hi!", Unexpected, "Hello!", "Hi!Hel", Reason::Greeted, Line::Compare),
        ("banner:Hello!!", Ok, "Hello!", "Hello!", Reason::GreetedAlike, Line::Read),
        ("delay:200ms", Ok, "Hello!", "Hello!", Reason::Late, Line::Read),
        ("delay:10s", Waits, "Hello!", "", Reason::TooLate, Line::Read),
        ("split:2:100ms", Ok, "Hello!", "Hello!", Reason::Joined, Line::Read),
        ("split:6:100ms", Ok, "Hello!", "Hello!", Reason::OnePiece, Line::Read),
        ("split:1:2s", Waits, "Hello!", "Hel", Reason::TooLate, Line::Read),
        ("silent", Waits, "Hello!", "", Reason::Silent, Line::Read),
        ("late-fin", Waits, "Hello!", "", Reason::Deadlock, Line::Write),
        ("late-fin", Ok, &long, &long, Reason::HeldTooMuch, Line::Read),
        ("refuse", NotConnected, "Hello!", "", Reason::Refused, Line::Connect),
    ];
    for (fault, ending, sent, reply, reason, line) in cases {
        let explained = why(fault, &told(ending, sent, reply));
        let came = (explained.reason, explained.line, explained.parts);
        assert_eq!(came, (reason, line, None), "{fault} {ending:?}");
        assert_eq!((explained.sent, explained.came), (sent.len(), reply.len()), "{fault}");
    }
}

#[test]
fn a_reset_is_explained_by_the_reset_wherever_it_met_the_program() {
    let reset =
        |cause, reply| Told { cause: Some(cause), ..told(Ending::NotReceived, "Hello!", reply) };
    let read = why("reset:3", &reset(RESET, "Hel"));
    assert_eq!((read.reason, read.line, &*read.number), (Reason::Reset, Line::Read, "3"));
    // What had not been read when it came may be lost.
    assert_eq!(why("reset:3", &reset(RESET, "H")).reason, Reason::Reset);
    let write = why("reset:0", &reset(Cause::Failed(Stage::Write, Kind::Reset), ""));
    assert_eq!((write.reason, write.line), (Reason::Reset, Line::Write));
}

#[test]
fn a_cut_inside_a_character_is_noticed() {
    let cut = |fault, reply: &'static [u8]| {
        why(fault, &Told { reply, ..told(Ending::NotReceived, "你好", "") }).cuts_character
    };
    assert!(cut("truncate:4", b"\xe4\xbd\xa0\xe5"));
    assert!(!cut("truncate:3", "你".as_bytes()));
}

#[test]
fn a_run_that_somebody_stopped_is_not_blamed_on_the_server() {
    let stopped =
        |reply| Told { stopper: Some(Stopper::Person), ..told(Ending::Waits, "Hello!", reply) };
    assert_eq!(why("delay:3s", &stopped("")).reason, Reason::StoppedBefore);
    assert_eq!(why("split:2:1s", &stopped("He")).reason, Reason::StoppedBefore);
    assert_eq!(why("truncate:3", &stopped("")).reason, Reason::StoppedBefore);
    assert_eq!(why("silent", &stopped("")).reason, Reason::Silent);
    assert_eq!(why("chaos:0", &stopped("")).reason, Reason::StoppedBefore);
}

#[test]
fn what_a_server_does_not_lead_to_is_not_explained_away() {
    use Ending::{NotConnected, NotReceived, Ok, Unexpected, Waits};
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
        let explained = why(fault, &told(ending, "Hello!", reply));
        assert_eq!(explained.reason, Reason::SomethingElse, "{fault} {ending:?} {reply}");
    }
    let gone =
        Told { cause: Some(Cause::BridgeGone), ..told(Ending::NotReceived, "Hello!", "Hel") };
    assert_eq!(why("truncate:3", &gone).reason, Reason::SomethingElse);
    assert_eq!(why("reset:3", &gone).reason, Reason::SomethingElse);
    let forbidden = Cause::Failed(Stage::Policy, Kind::Forbidden);
    let unreached = Told { cause: Some(forbidden), ..told(Ending::NotConnected, "Hello!", "") };
    assert_eq!(why("refuse", &unreached).reason, Reason::SomethingElse);
}

#[test]
fn chaos_tells_its_parts_and_the_one_that_told_of() {
    let told_of = |seed: &str, told: &Told| {
        let explained = why(seed, told);
        let (parts, decides) = explained.parts.unwrap();
        let parts: Vec<_> = parts.iter().map(ToString::to_string).collect();
        (explained.reason, parts.join(" "), decides.map(|it| it.to_string()).unwrap_or_default())
    };
    let upper = told(Ending::Unexpected, "Hello!", "HELLO!");
    let parts = "upper delay:100ms extra:1".to_owned();
    assert_eq!(told_of("chaos:0", &upper), (Reason::Capitals, parts.clone(), "upper".into()));
    let digits = told(Ending::Ok, "123456", "123456");
    assert_eq!(told_of("chaos:0", &digits), (Reason::NoneSeen, parts, String::new()));
    let waits = told(Ending::Waits, "Hello!", "");
    let alone = ("late-fin".to_owned(), "late-fin".to_owned());
    assert_eq!(told_of("chaos:1", &waits), (Reason::Deadlock, alone.0, alone.1));
    let cut = told(Ending::NotReceived, "Hello!", "Hell");
    let (reason, _, decides) = told_of(&format!("chaos:{}", u64::MAX), &cut);
    assert_eq!((reason, &*decides), (Reason::CutShort, "truncate:4"));
    let else_ = told(Ending::NotConnected, "Hello!", "");
    assert_eq!(told_of("chaos:1", &else_).2, "");
}

/// What the pure server does is what it explains, for any mix and message.
#[test]
fn whatever_a_seed_leads_to_is_explained() {
    use super::super::would::{Leaves, Would};
    for seed in 0..300 {
        let fault = Fault::Chaos(seed);
        for sent in ["Hello!", "1", "你好", "A message of thirty bytes, say"] {
            let would = Would::of(&fault, sent.as_bytes());
            let complete = would.reply.len() == sent.len();
            let (ending, cause) = match would.leaves {
                _ if complete && would.reply == sent.as_bytes() => (Ending::Ok, None),
                _ if complete => (Ending::Unexpected, None),
                Leaves::Fin => (Ending::NotReceived, Some(Cause::EarlyEnd)),
                Leaves::Rst => (Ending::NotReceived, Some(RESET)),
                Leaves::Open | Leaves::Nothing => (Ending::Waits, None),
            };
            let told = Told { cause, reply: &would.reply, ..told(ending, sent, "") };
            let explained = explain(&fault, &told);
            assert_ne!(explained.reason, Reason::SomethingElse, "{seed} {sent} {told:?}");
        }
    }
}
