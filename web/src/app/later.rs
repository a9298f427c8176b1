//! What the page does with its parts that come later.

use yew::{Html, html};

use super::App;
use crate::components::inspector::Inspector;
use crate::components::placeholder::Placeholder;
use crate::lazy;
use page_model::Event;
use page_model::command::Command;
use page_model::inspector::view::Panel;
use page_model::inspector::{InspectorEvent, TimelineExport};
use page_model::loadable::Loadable;

impl App {
    /// Draws the views of what happened; a load test has nothing for them, but a file does.
    pub(super) fn views(&self) -> Option<Html> {
        let (model, dispatch) = (&self.model, &self.dispatch);
        let view = model.inspector_view()?;
        let are_packets_shown = view.panel == Panel::Packets;
        let is_drawing = model.inspector.taking == TimelineExport::Drawn;
        let picture = is_drawing.then(|| lazy::picture(dispatch).err()).flatten();
        Some(html! {
            <Inspector
                key="views"
                {view}
                clock_step={self.platform.clock_step()}
                picture_placeholder={picture.unwrap_or_default()}
            >
                if are_packets_shown {
                    { self.packets() }
                }
            </Inspector>
        })
    }

    /// Draws the packets, or what stands in their place until they are loaded.
    fn packets(&self) -> Html {
        let dispatch = &self.dispatch;
        match self.model.packets_view() {
            Loadable::Loaded(view) => lazy::packets(view, dispatch),
            other => {
                let has_failed = matches!(other, Loadable::Failed);
                let onretry = dispatch.reform(|()| Event::PacketsRetryPressed);
                html! { <Placeholder {has_failed} {onretry} /> }
            }
        }
    }

    /// Does what was waiting for a part, as soon as that is there.
    pub(super) fn attend_to_parts(&mut self) {
        if self.model.inspector.taking == TimelineExport::Drawn {
            self.save_picture();
        }
    }

    fn save_picture(&mut self) {
        let Ok(svg) = lazy::picture(&self.dispatch) else { return };
        let (name, kind) = ("echo-playground-timeline.svg".into(), "image/svg+xml");
        let bytes = svg(&self.model, self.platform.clock_step()).into_bytes();
        self.execute(vec![Command::SaveFile { name, media_type: kind, contents: bytes }]);
        self.model.update(Event::Inspector(InspectorEvent::PictureSaved));
    }
}
