//! What the page does with its parts that come later.

use yew::{Html, html};

use super::App;
use crate::components::inspector::Inspector;
use crate::lazy;
use page_model::Event;
use page_model::command::Command;
use page_model::inspector::view::Panel;
use page_model::inspector::{InspectorEvent, Tab, TimelineExport};

impl App {
    /// The views; a repetition has nothing for them, but a file does.
    pub(super) fn views(&self) -> Option<Html> {
        let (model, emit) = (&self.model, &self.dispatch);
        let opened = self.packets.as_ref().is_some_and(|packets| packets.has_file());
        // One that is to be opened, as soon as that can be done.
        let has_file = opened || self.unheard.is_some();
        let view = model.inspector_view(has_file)?;
        let packets = match &self.packets {
            _ if view.panel != Panel::Packets => Html::default(),
            Some(packets) => packets.view(model, emit),
            None => lazy::packets_view(emit).err().unwrap_or_default(),
        };
        let is_drawing = model.inspector.taking == TimelineExport::Drawn;
        let picture = is_drawing.then(|| lazy::picture(emit).err()).flatten();
        Some(html! {
            <Inspector
                key="views"
                {view}
                clock_step={self.platform.clock_step()}
                picture_placeholder={picture.unwrap_or_default()}
            >
                { packets }
            </Inspector>
        })
    }

    /// Does what was waiting for a part, as soon as that is there.
    pub(super) fn attend_to_parts(&mut self) {
        if self.model.inspector.tab == Tab::Packets || self.unheard.is_some() {
            self.tell_packets();
        }
        if self.model.inspector.taking == TimelineExport::Drawn {
            self.save_picture();
        }
    }

    /// Has the view of packets take in what the run has got since.
    pub(super) fn keep_packets_up(&mut self) {
        if let Some(packets) =
            self.packets.as_mut().filter(|_| self.model.inspector.tab == Tab::Packets)
        {
            packets.keep_up(&self.model);
        }
    }

    fn tell_packets(&mut self) {
        if self.packets.is_none() {
            self.packets = lazy::packets_view(&self.dispatch).ok().map(|make| make());
        }
        let Some(packets) = &mut self.packets else { return };
        let Some(event) = self.unheard.take() else { return };
        // What was clicked, say, is told of packets that are known.
        packets.keep_up(&self.model);
        let effects = packets.on(&self.model, event, &self.dispatch);
        self.execute(effects);
    }

    fn save_picture(&mut self) {
        let Ok(svg) = lazy::picture(&self.dispatch) else { return };
        let (name, kind) = ("echo-playground-timeline.svg".into(), "image/svg+xml");
        let bytes = svg(&self.model, self.platform.clock_step()).into_bytes();
        self.execute(vec![Command::SaveFile { name, media_type: kind, contents: bytes }]);
        self.model.update(Event::Inspector(InspectorEvent::PictureSaved));
    }
}
