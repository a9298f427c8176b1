use echo_core::wire::Stage;

use super::*;

const DAY: i64 = 86_400;

fn certificate(subject: &str, names: &[&str]) -> Certificate {
    Certificate {
        subject: subject.into(),
        issuer: "CN=Test CA,O=Tests".into(),
        names: names.iter().map(|&name| name.to_owned()).collect(),
        not_before: 10 * DAY,
        not_after: 20 * DAY,
        key: "ECDSA P-256".into(),
        sha256: "ab".repeat(32),
    }
}

fn view(days: i64, problem: Option<Kind>) -> View {
    view_at(days * DAY, problem)
}

fn view_at(at: i64, problem: Option<Kind>) -> View {
    let chain = vec![certificate("CN=localhost", &["localhost"]), certificate("CN=CA", &[])];
    shown(at, &BridgeMessage::Secured(session(problem, chain)))
}

/// What is shown of what a message tells of a handshake.
fn shown(at: i64, message: &BridgeMessage) -> View {
    let handshake = Handshake::of(message).expect("it tells of a handshake");
    #[allow(clippy::cast_precision_loss, reason = "a few days")]
    let at_ms = at as f64 * 1_000.0;
    View::new("tls://localhost:8443", handshake, at_ms, false)
}

fn failed(kind: Kind, chain: Vec<Certificate>) -> BridgeMessage {
    BridgeMessage::Failed(Failure { chain, ..Failure::new(Stage::Tls, kind, "no") })
}

/// The certificates of a server, of its issuer, and of the issuer of that.
fn chain_of_three() -> Vec<Certificate> {
    let issued = |subject: &str, issuer: &str| Certificate {
        issuer: issuer.into(),
        ..certificate(subject, &[])
    };
    vec![issued("CN=a", "CN=b"), issued("CN=b", "CN=c"), issued("CN=c", "CN=c")]
}

fn problems(view: &View) -> Vec<Option<Kind>> {
    (0..view.handshake.chain().len()).map(|index| view.problem(index)).collect()
}

#[test]
fn a_name_is_the_part_by_which_people_know_whom_it_means() {
    for (distinguished, known) in [
        ("CN=localhost", "localhost"),
        ("C=DE,O=Tests,CN=Test CA", "Test CA"),
        ("C=DE, O=Tests\\, Inc., OU=Unit", "Tests\\, Inc."),
        ("OU=Unit", "OU=Unit"),
        ("O=CN\\,CN=1", "CN\\,CN=1"),
        ("", ""),
    ] {
        assert_eq!(name(distinguished), known, "{distinguished}");
    }
}

#[test]
fn the_host_of_the_target_and_the_version_are_told() {
    let view = view(15, None);
    let version = version(&session(None, vec![]));
    assert_eq!((view.host.as_str(), version.as_str()), ("localhost", "TLS 1.3"));
    assert_eq!(view.at, 15 * DAY);
}

#[test]
fn what_the_bridge_found_wrong_is_told_of_the_servers_own_certificate() {
    let wrong = view(15, Some(Kind::WrongName));
    assert_eq!(
        (wrong.problem(0), wrong.problem(1), wrong.problem(2)),
        (Some(Kind::WrongName), None, None)
    );
    let late = view(25, Some(Kind::Expired));
    assert_eq!((late.problem(0), late.problem(1)), (Some(Kind::Expired), Some(Kind::Expired)));
    assert_eq!(view(5, None).problem(1), Some(Kind::NotYetValid));
}

#[test]
fn what_is_wrong_stands_at_the_certificate_with_which_it_is_wrong() {
    let old = |index: usize| {
        let mut chain = chain_of_three();
        chain[index].not_after = 12 * DAY;
        chain
    };
    let all = chain_of_three;
    let mut unlinked = all();
    unlinked[0].issuer = "CN=x".into();
    for (kind, chain, place) in [
        (Kind::Expired, old(0), 0),
        (Kind::Expired, old(1), 1),
        // By the page's clock none has expired.
        (Kind::Expired, all(), 0),
        (Kind::WrongName, all(), 0),
        (Kind::UnknownIssuer, all(), 2),
        (Kind::UnknownIssuer, all()[..2].to_vec(), 1),
        (Kind::UnknownIssuer, all()[2..].to_vec(), 0),
        (Kind::UnknownIssuer, unlinked, 0),
    ] {
        let mut expected = vec![None; chain.len()];
        expected[place] = Some(kind);
        let unverified = BridgeMessage::Secured(session(Some(kind), chain.clone()));
        for message in [unverified, failed(kind, chain)] {
            assert_eq!(problems(&shown(15 * DAY, &message)), expected, "{message:?}");
        }
    }
}

#[test]
fn a_handshake_can_fail_although_nothing_is_wrong_with_the_certificates_or_without_any() {
    let view = shown(15 * DAY, &failed(Kind::Handshake, chain_of_three()));
    assert_eq!(problems(&view), [None; 3]);
    assert_eq!(Handshake::of(&failed(Kind::NotTls, vec![])), None);
}

#[test]
fn the_time_of_the_connection_is_a_part_of_the_time_for_which_a_certificate_is_valid() {
    for (days, elapsed) in [(5, -1), (10, 0), (15, 50), (20, 100), (900, 101)] {
        let view = view(days, None);
        assert_eq!(view.elapsed(view.certificate().unwrap()), elapsed, "{days}");
    }
    // A second is less than a hundredth of that time.
    for (at, elapsed) in [
        (10 * DAY - 1, -1),
        (10 * DAY + 1, 0),
        (20 * DAY - 1, 99),
        (20 * DAY, 100),
        (20 * DAY + 1, 101),
    ] {
        let view = view_at(at, None);
        assert_eq!(view.elapsed(view.certificate().unwrap()), elapsed, "{at}");
    }
    let mut instant = certificate("CN=x", &[]);
    instant.not_after = instant.not_before;
    assert_eq!(view(15, None).elapsed(&instant), 0);
}

#[test]
fn what_is_recorded_of_a_chain_is_bounded_and_the_beginning_is_kept() {
    let names: Vec<_> = (0..10_000).map(|number| format!("{number}.example")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let long = certificate(&"好".repeat(10_000), &names);
    let chain = bounded(&vec![long; 50]);
    assert!(!chain.is_empty() && size(&chain) <= MAX_CHAIN_BYTES);
    assert_eq!(chain[0].names[..2], ["0.example", "1.example"]);
    let short = vec![certificate("CN=localhost", &["localhost"]); 3];
    assert_eq!(bounded(&short), short);
}
