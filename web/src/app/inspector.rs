//! The inspector in the root component, with its parts that are loaded on demand: the packets, and
//! the picture of the Timeline.

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
    /// Draws the inspector. A load test has nothing for it, but an open file of packets does.
    pub(super) fn inspector(&self) -> Option<Html> {
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

    /// Saves the picture of the Timeline if the user wants it, as soon as what draws it is loaded.
    pub(super) fn save_wanted_picture(&mut self) {
        if self.model.inspector.taking != TimelineExport::Drawn {
            return;
        }
        let Ok(svg) = lazy::picture(&self.dispatch) else { return };
        let (name, kind) = ("echo-playground-timeline.svg".into(), "image/svg+xml");
        let bytes = svg(&self.model, self.platform.clock_step()).into_bytes();
        self.execute(vec![Command::SaveFile { name, media_type: kind, contents: bytes }]);
        self.model.update(Event::Inspector(InspectorEvent::PictureSaved));
    }
}
