//! The packet analyzer while it is loaded, and what it asks of the other features.

use super::{LOOPBACK, Page};
use crate::command::Command;
use crate::inspector::highlight::Highlight;
use crate::inspector::{InspectorEvent, Tab};
use crate::loadable::{LoadError, Loadable};
use crate::packets::view::View;
use crate::packets::view::source::OriginView;
use crate::packets::{PacketAnalyzer, PacketSpot, PacketsEvent};
use crate::runs::list::ListedRunId;
use crate::runs::{FinishedRuns, RunSelection, RunsEvent};
use crate::transcript::{Direction, Segment};
use crate::{Event, Model};

fn show_packets(model: &mut Model) -> Vec<Command<Event>> {
    model.update(Event::Inspector(InspectorEvent::TabChosen(Tab::Packets)))
}

fn open(model: &mut Model, name: &str) -> Vec<Command<Event>> {
    let (name, bytes) = (name.into(), Ok(LOOPBACK.to_vec()));
    model.update(Event::Packets(PacketsEvent::FileRead { name, bytes }))
}

fn load(model: &mut Model) -> Vec<Command<Event>> {
    model.update(Event::PacketsLoaded(Ok(Box::new(PacketAnalyzer::default()))))
}

fn loads(commands: &[Command<Event>]) -> bool {
    commands.contains(&Command::LoadPackets)
}

fn view(model: &Model) -> View {
    match model.packets_view() {
        Loadable::Loaded(view) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_analyzer_is_loaded_once_when_its_tab_is_opened() {
    let mut model = Page::sent().model;
    assert_eq!(model.packets_view(), Loadable::NotLoaded);
    assert!(loads(&show_packets(&mut model)));
    assert_eq!(model.packets_view(), Loadable::Loading);
    assert!(!loads(&show_packets(&mut model)));
    assert!(!loads(&load(&mut model)));
    assert!(!loads(&show_packets(&mut model)));
    assert!(view(&model).list.is_none());
}

#[test]
fn a_file_that_comes_before_the_analyzer_is_opened_by_it_the_latest_of_several() {
    let mut model = Page::sent().model;
    assert!(!model.packets.has_file());
    assert!(loads(&open(&mut model, "first")));
    assert!(!loads(&open(&mut model, "second")));
    assert!(model.packets.has_file());
    load(&mut model);
    let OriginView::File(file) = view(&model).source.origin else { panic!("no file is open") };
    assert_eq!(&file.name[..], "second");
}

#[test]
fn a_load_that_failed_is_repeated_when_the_user_wants_it_and_the_file_is_not_lost() {
    let mut model = Page::sent().model;
    open(&mut model, "capture");
    assert!(!loads(&model.update(Event::PacketsLoaded(Err(LoadError)))));
    assert_eq!(model.packets_view(), Loadable::Failed);
    assert!(!loads(&show_packets(&mut model)));
    assert!(loads(&model.update(Event::PacketsRetryPressed)));
    load(&mut model);
    assert!(matches!(view(&model).source.origin, OriginView::File(_)));
}

#[test]
fn the_list_follows_the_connection_while_its_tab_is_open() {
    let mut page = Page::sent();
    show_packets(&mut page.model);
    load(&mut page.model);
    page.exchange();
    page.sync();
    assert_eq!(view(&page.model).list.unwrap().total, page.flags().len());
}

#[test]
fn what_is_hovered_and_selected_is_highlighted_in_the_other_views() {
    let mut page = Page::sent();
    page.exchange();
    let model = &mut page.model;
    show_packets(model);
    load(model);
    let sent = Some(Segment { direction: Direction::Sent, range: 0..6 });
    let highlighted = |model: &Model| {
        let record = model.record().unwrap();
        model.inspector.marked(record.log).bytes
    };
    model.update(Event::Packets(PacketsEvent::Hovered(Some(PacketSpot::Packet(3)))));
    assert_eq!(highlighted(model), sent);
    model.update(Event::Packets(PacketsEvent::Hovered(None)));
    assert_eq!(highlighted(model), None);
    model.update(Event::Packets(PacketsEvent::Selected(PacketSpot::Packet(3))));
    assert_eq!(highlighted(model), sent);
    // A packet without data lets go of what was highlighted, whoever did that.
    let byte = Highlight::Byte(Direction::Received, 0);
    model.update(Event::Inspector(InspectorEvent::Held(byte)));
    model.update(Event::Packets(PacketsEvent::Selected(PacketSpot::Packet(0))));
    assert_eq!(highlighted(model), None);
}

#[test]
fn a_file_is_shown_in_place_of_an_earlier_run() {
    let mut model = Page::sent().model;
    show_packets(&mut model);
    load(&mut model);
    model.update(Event::RunsLoaded(Ok(Box::new(FinishedRuns::default()))));
    model.update(Event::Runs(RunsEvent::ComparePressed(ListedRunId::default())));
    open(&mut model, "capture");
    let runs = model.runs.part().unwrap();
    assert_eq!(runs.state().selection, RunSelection::Latest);
}

#[test]
fn saved_packets_are_given_to_the_user() {
    let mut page = Page::sent();
    page.exchange();
    show_packets(&mut page.model);
    load(&mut page.model);
    let commands = page.model.update(Event::Packets(PacketsEvent::SavePressed));
    let is_saved = |it: &Command<Event>| {
        matches!(it, Command::SaveFile { media_type: "application/x-pcapng", .. })
    };
    assert!(commands.iter().any(is_saved), "{commands:?}");
}
