//! The packets among the other features: what they are told of them, and what they ask of them.

use super::{Event, Model};
use crate::command::Command;
use crate::dom::DomCommand;
use crate::inspector::{InspectorEvent, Tab};
use crate::loadable::LoadError;
use crate::packets::{
    PCAPNG_MEDIA_TYPE, Packets, PacketsContext, PacketsEvent, PacketsPart, PacketsRequest,
};
use crate::runs::RunsEvent;

impl Model {
    pub(super) fn on_packets(&mut self, event: PacketsEvent) -> Vec<Command<Event>> {
        let requests = self.with_packets(|packets, context| packets.update(context, event));
        self.route_packets_requests(requests)
    }

    pub(super) fn on_packets_loaded(
        &mut self,
        result: Result<Box<dyn PacketsPart>, LoadError>,
    ) -> Vec<Command<Event>> {
        let requests = self.with_packets(|packets, context| packets.on_loaded(context, result));
        self.route_packets_requests(requests)
    }

    /// Lets the packets follow what happens on the connection while they are shown, and has the
    /// packet analyzer loaded when it is needed for the first time.
    pub(super) fn update_packets(&mut self) -> Option<Command<Event>> {
        let are_shown = self.inspector.tab == Tab::Packets;
        if are_shown {
            self.with_packets(Packets::sync);
        }
        self.packets.start_loading(are_shown).then_some(Command::LoadPackets)
    }

    /// Returns what the packets depend on.
    pub(crate) fn packets_context(&self) -> PacketsContext<'_> {
        PacketsContext {
            record: self.record(),
            clock_began: self.clock_began,
            scroll: self.inspector.packets,
            bridge: self.bridge.info(),
            captures: self.captures,
            copied: self.copied.as_deref(),
        }
    }

    /// Calls `apply` with the packets and what they depend on: parts of the rest of the model.
    fn with_packets<T>(&mut self, apply: impl FnOnce(&mut Packets, &PacketsContext) -> T) -> T {
        let mut packets = std::mem::take(&mut self.packets);
        let result = apply(&mut packets, &self.packets_context());
        self.packets = packets;
        result
    }

    fn route_packets_requests(&mut self, requests: Vec<PacketsRequest>) -> Vec<Command<Event>> {
        let mut commands = Vec::new();
        for request in requests {
            match request {
                PacketsRequest::Save { name, contents } => {
                    let media_type = PCAPNG_MEDIA_TYPE;
                    commands.push(Command::SaveFile { name, media_type, contents });
                }
                PacketsRequest::Scroll(top) => {
                    let id = Tab::Packets.pane_id().into();
                    commands.push(Command::Dom(DomCommand::ScrollTo { id, top }));
                }
                PacketsRequest::ShowLatestRun => {
                    commands.extend(self.on_runs_if_loaded(RunsEvent::LatestPressed));
                    // What is said of the file may be out of view.
                    let show = DomCommand::ScrollIntoView(vec![".packet-source"]);
                    commands.push(Command::Dom(show));
                }
                PacketsRequest::Hover(highlight) => {
                    commands.extend(self.on_inspector(InspectorEvent::Pointed(highlight)));
                }
                PacketsRequest::Select(highlight) => {
                    let event = highlight.map_or(InspectorEvent::Released, InspectorEvent::Held);
                    commands.extend(self.on_inspector(event));
                }
            }
        }
        commands
    }
}
