//! What the packets do about what happens to them.

use super::detail::moved;
use super::file::CaptureFile;
use super::{FEW, PacketSpot, Packets, PacketsContext, PacketsEvent};
use crate::command::Command;
use crate::dom::DomCommand;
use crate::inspector::window::{ROW_PX, Scroll};
use crate::inspector::{Move, Tab};

impl Packets {
    /// Takes in what happened.
    pub fn on(
        &mut self,
        scene: &PacketsContext,
        event: PacketsEvent,
    ) -> Vec<Command<PacketsEvent>> {
        match event {
            PacketsEvent::FileCame { name, bytes } => match CaptureFile::open(name, bytes) {
                Ok(file) => self.show(Some(file)),
                // What was shown stays.
                Err(refused) => self.refused = Some(refused),
            },
            PacketsEvent::RefusalRead => self.refused = None,
            PacketsEvent::FileClosed => self.show(None),
            PacketsEvent::ConnectionChosen(connection) => {
                if let Some(file) = &mut self.file {
                    file.choose(connection);
                    self.forget();
                }
                return vec![scroll_to(0.0)];
            }
            PacketsEvent::SavePressed => return self.save(scene).into_iter().collect(),
            PacketsEvent::Pointed(spot) => self.pointed = spot,
            PacketsEvent::Held(PacketSpot::Packet(index)) => self.open(index),
            PacketsEvent::Held(spot) => self.held = Some(spot),
            PacketsEvent::Moved(to) => return self.walk(scene, to),
            PacketsEvent::FieldMoved(layer, to) => {
                self.pointed = None;
                self.held = self.look(scene).and_then(|it| it.field_after(layer, to)).or(self.held);
            }
            PacketsEvent::OctetMoved(to) => {
                self.pointed = None;
                let look = self.look(scene);
                self.held = look.and_then(|it| it.octet_after(to)).or(self.held);
            }
        }
        vec![]
    }

    fn show(&mut self, file: Option<CaptureFile>) {
        self.file = file;
        self.refused = None;
        self.forget();
    }

    /// What was chosen belonged to other packets.
    fn forget(&mut self) {
        (self.opened, self.pointed, self.held) = (None, None, None);
    }

    fn open(&mut self, index: usize) {
        self.opened = Some(index);
        self.held = None;
    }

    /// Moves the choice among the packets, and has it in view.
    fn walk(&mut self, scene: &PacketsContext, to: Move) -> Vec<Command<PacketsEvent>> {
        let Some(capture) = self.capture(scene) else { return vec![] };
        let total = capture.packets().len();
        let Some(here) = self.index(capture) else { return vec![] };
        let there = moved(here, total - 1, 1, to);
        self.pointed = None;
        self.open(there);
        // The heads of the columns stay above the rows.
        let mut scroll = Scroll { height: scene.scroll.height - ROW_PX, ..scene.scroll };
        let top = (total > FEW).then(|| scroll.reveal(there, total)).flatten();
        top.map(scroll_to).into_iter().collect()
    }
}

fn scroll_to(top: f64) -> Command<PacketsEvent> {
    Command::Dom(DomCommand::ScrollTo { id: Tab::Packets.pane_id().into(), top })
}
