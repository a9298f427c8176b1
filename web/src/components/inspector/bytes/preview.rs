//! The first bytes of the highlighted row of the Timeline.

use std::rc::Rc;

use page_model::Model;
use page_model::inspector::bytes_view::Preview;
use yew::prelude::*;

use super::{ByteRow, RowKind};
use crate::components::inspector::hover;
use crate::components::pointing::Pointing;

/// Draws the first bytes of the highlighted row, if some moved in it.
pub fn draw(model: &Model) -> Html {
    model.preview_view().map(|view| html! { <PreviewRows {view} /> }).unwrap_or_default()
}

/// Properties of [`PreviewRows`].
#[derive(PartialEq, Properties)]
struct PreviewRowsProps {
    view: Preview,
}

/// Draws the first bytes of the highlighted row. The focus does not move among them.
#[component]
fn PreviewRows(PreviewRowsProps { view }: &PreviewRowsProps) -> Html {
    let Pointing { onpointermove, onpointerleave } = hover::use_hover(hover::byte);
    html! {
        <div class="dump" aria-hidden="true" {onpointermove} {onpointerleave}>
            { for view.rows.iter().map(|row| html! {
                <ByteRow key={row.number} view={Rc::clone(row)} kind={RowKind::Preview} />
            }) }
            { for view.has_more.then(|| html! { <p key="more">{ "…" }</p> }) }
        </div>
    }
}
