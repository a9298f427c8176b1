use echo_core::{Exchange, Line};

use super::*;
use crate::connection::ConnectionId;
use crate::expected_reply::ExpectedReplyKind;
use crate::inspector::{InspectorEvent, StepTo};
use crate::modes::once::{ExchangeSpec, Run};
use crate::time::at_ms;

const CONTEXT: ViewContext =
    ViewContext { has_file: false, time_origin: TimeOrigin::Send, copied: None };

fn run() -> Run {
    let spec =
        ExchangeSpec { exchange: Exchange::new(vec![]), expected_kind: ExpectedReplyKind::Same };
    let target = "localhost:8888";
    let mut run = Run::started(ConnectionId::default().advance(), target, spec);
    run.log.print(at_ms(0.0), Line::Connected(8888));
    run.log.print(at_ms(0.0), Line::Terminated);
    run.stop(at_ms(1.0));
    run
}

fn showing(run: &Run, tab: Tab) -> Inspector {
    let mut inspector = Inspector { tab, ..Inspector::default() };
    inspector.sync(Some(&ConnectionRecord::of_run(run)));
    inspector
}

#[test]
fn tabs_come_with_the_first_run_or_with_a_file_of_packets() {
    let inspector = Inspector { tab: Tab::Packets, ..Inspector::default() };
    let view = inspector.view(None, CONTEXT);
    assert_eq!((view.tabs, view.panel, view.caption), (&[][..], Panel::Empty, None));
    let view = inspector.view(None, ViewContext { has_file: true, ..CONTEXT });
    assert_eq!((view.tabs, view.panel), (&[Tab::Packets][..], Panel::Packets));
    let run = run();
    let view = showing(&run, Tab::Bytes).view(Some(&ConnectionRecord::of_run(&run)), CONTEXT);
    assert_eq!((view.tabs, view.selected), (&Tab::ALL[..], Tab::Bytes));
    assert_eq!(view.panel, Panel::Bytes);
}

#[test]
fn the_caption_says_with_whom() {
    let run = run();
    let record = ConnectionRecord::of_run(&run);
    let caption = showing(&run, Tab::Timeline).view(Some(&record), CONTEXT).caption;
    assert_eq!(caption, Some(Caption::Connection { address: "localhost:8888".into() }));
}

#[test]
fn the_caption_of_a_replay_says_which_event_it_is() {
    let run = run();
    let record = ConnectionRecord::of_run(&run);
    let mut inspector = showing(&run, Tab::Timeline);
    inspector.update(Some(&record), InspectorEvent::Stepped(StepTo::Next));
    let caption = inspector.view(Some(&record), CONTEXT).caption;
    assert_eq!(caption, Some(Caption::Replay { event: 1, total: 2 }));
}
