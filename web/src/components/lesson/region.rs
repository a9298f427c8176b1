//! The region of the lesson.

use yew::prelude::*;

use page_model::lesson::TITLE_ID;

/// Properties of [`LessonRegion`].
#[derive(PartialEq, Properties)]
pub struct LessonRegionProps {
    /// The guide, or what stands in its place while it is not loaded.
    pub children: Html,
}

/// Draws the region of the lesson, around the guide.
#[component]
pub fn LessonRegion(LessonRegionProps { children }: &LessonRegionProps) -> Html {
    html! { <section class="lesson" aria-labelledby={TITLE_ID}>{ children.clone() }</section> }
}
