use super::*;
use crate::inspector::filter::Filter;
use crate::inspector::listing::Listing;
use crate::time::at_ms;

fn arrows(log: &Transcript) -> Vec<Arrows> {
    let mut listing = Listing::default();
    listing.sync(log, &Filter::default());
    listing.entries().iter().map(|entry| Arrows::of(entry, log)).collect()
}

#[test]
fn a_hello_is_drawn_as_arrows_with_the_times_of_the_bridge() {
    let mut log = Transcript::new(at_ms(0.0));
    log.print(at_ms(0.0), Line::Connected(8888));
    log.set_evidence(TargetEvidence::MeasuredAt(Micros(116)));
    log.sent(at_ms(0.0), b"Hello!");
    log.wrote(at_ms(0.4), 6, Micros(412));
    log.print(at_ms(0.4), Line::Sent(b"Hello!".to_vec()));
    log.read(Micros(517));
    log.received(at_ms(0.5), b"Hello!");
    log.print(at_ms(0.5), Line::ReplyOk);
    log.print(at_ms(0.5), Line::Terminated);
    log.set_evidence(TargetEvidence::Inferred(EndRequest::Finish));
    let drawn = arrows(&log);
    let targets = drawn.iter().filter_map(|it| it.target).map(|it| (it.what, it.evidence));
    let expected = [
        (TcpEvent::Syn, Evidence::Measured(Some(Micros(116)))),
        (TcpEvent::Bytes(6), Evidence::Measured(Some(Micros(412)))),
        (TcpEvent::Bytes(6), Evidence::Measured(Some(Micros(517)))),
        (TcpEvent::Fin, Evidence::Inferred),
    ];
    assert_eq!(targets.collect::<Vec<_>>(), expected);
    assert!(drawn.iter().all(|arrows| arrows.page.is_some()));
    assert_eq!(drawn[2].page.unwrap().way, Direction::Received);
}

#[test]
fn what_the_bridge_wrote_otherwise_than_it_was_sent_is_told_by_itself() {
    let mut log = Transcript::new(at_ms(0.0));
    log.sent(at_ms(0.0), b"ab");
    log.sent(at_ms(0.0), b"cd");
    log.wrote(at_ms(0.1), 4, Micros(9));
    let drawn = arrows(&log);
    let bytes: Vec<_> =
        drawn.iter().map(|it| (it.page.map(|it| it.what), it.target.map(|it| it.what))).collect();
    let (two, four) = (Some(PageMessage::Bytes(2)), Some(TcpEvent::Bytes(4)));
    assert_eq!(bytes, [(two, None), (two, None), (None, four)]);
}

#[test]
fn many_alike_are_one_arrow_with_all_their_bytes() {
    let mut log = Transcript::new(at_ms(0.0));
    for at_us in 0..30 {
        log.read(Micros(at_us));
        log.received(at_ms(1.0), b"abcd");
    }
    let [one] = arrows(&log)[..] else { panic!("they fold") };
    let way = Direction::Received;
    let page = Some(measured(way, PageMessage::Bytes(120), None));
    let target = Some(measured(way, TcpEvent::Bytes(120), None));
    assert_eq!(one, Arrows { page, target, end: None });
}

/// Every stage and kind of the protocol, whether or not the bridge reports them together.
fn failures() -> impl Iterator<Item = (Stage, Kind)> {
    Stage::ALL.into_iter().flat_map(|stage| Kind::ALL.map(|kind| (stage, kind)))
}

#[test]
fn no_failure_before_a_connection_draws_a_syn_but_one_that_an_answer_was_awaited_for() {
    for (stage, kind) in failures() {
        let cause = Cause::Failed(stage, kind);
        let drawn = of_failure(PathFailure { cause, was_established: false });
        if stage == Stage::Tls {
            let handshake = measured(Direction::Sent, TcpEvent::Handshake(None), None);
            assert_eq!(drawn.target, Some(handshake), "{cause:?}");
            assert_eq!(drawn.end, Some(PathEnd { at: PathPoint::Server, cause }), "{cause:?}");
            continue;
        }
        assert_eq!(
            drawn.page,
            Some(measured(Direction::Sent, PageMessage::Open, None)),
            "{cause:?}"
        );
        let is_dialled = stage == Stage::Connect && matches!(kind, Kind::Refused | Kind::Timeout);
        let (target, at) = if is_dialled {
            (Some(inferred(Direction::Sent, TcpEvent::Syn)), PathPoint::Server)
        } else {
            (None, PathPoint::Bridge)
        };
        assert_eq!((drawn.target, drawn.end), (target, Some(PathEnd { at, cause })), "{cause:?}");
    }
}

#[test]
fn every_failure_of_a_connection_resets_it_and_only_what_the_server_sent_is_measured() {
    for (stage, kind) in failures() {
        let cause = Cause::Failed(stage, kind);
        let drawn = of_failure(PathFailure { cause, was_established: true });
        let page = Some(measured(Direction::Received, PageMessage::Failed, None));
        let target = match kind {
            Kind::Reset => Some(measured(Direction::Received, TcpEvent::Rst, None)),
            Kind::Truncated => Some(measured(Direction::Received, TcpEvent::Fin, None)),
            _ => Some(inferred(Direction::Sent, TcpEvent::Rst)),
        };
        assert_eq!(drawn, Arrows { page, target, end: None }, "{cause:?}");
    }
}

#[test]
fn where_the_bridge_says_nothing_nothing_is_drawn_of_tcp() {
    for was_established in [false, true] {
        for cause in [Cause::NoBridge, Cause::PageRefused, Cause::BridgeGone] {
            let drawn = of_failure(PathFailure { cause, was_established });
            let end = Some(PathEnd { at: PathPoint::Page, cause });
            assert_eq!(drawn, Arrows { end, ..Arrows::default() });
        }
        for cause in [Cause::Closed(1013), Cause::EarlyEnd] {
            assert_eq!(of_failure(PathFailure { cause, was_established }).target, None);
        }
    }
}
