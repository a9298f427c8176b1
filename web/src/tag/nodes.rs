//! What an element can hold.

use yew::Html;
use yew::virtual_dom::{VList, VText};

use super::{Tag, tag};

/// Some nodes beside each other, being gathered: an element of which only they count.
pub struct Group(Tag);

/// What can be inside an element.
pub trait Node: Sized {
    /// As Yew has it.
    fn html(self) -> Html;

    /// Adds it to an element. One call for each kind, with what there is in registers, as this is
    /// what the page does most.
    fn put(self, tag: Tag) -> Tag {
        tag.with(self.html())
    }
}

/// No nodes yet.
#[inline(never)]
pub fn group() -> Group {
    Group(tag(""))
}

impl Group {
    /// Adds a node.
    pub fn child(self, child: impl Node) -> Self {
        Self(child.put(self.0))
    }

    /// The nodes.
    pub fn html(self) -> Html {
        self.0.nodes()
    }
}

#[inline(never)]
pub(super) fn list(nodes: Vec<Html>) -> Html {
    VList::with_children(nodes, None).into()
}

#[inline(never)]
pub(super) fn text(text: String) -> Html {
    VText::new(text).into()
}

impl Node for Html {
    fn html(self) -> Html {
        self
    }
}

impl Node for Tag {
    fn html(self) -> Html {
        Self::html(self)
    }

    fn put(self, tag: Tag) -> Tag {
        tag.with_tag(self)
    }
}

impl Node for &String {
    fn html(self) -> Html {
        text(self.clone())
    }

    fn put(self, tag: Tag) -> Tag {
        tag.with_text(self)
    }
}

impl Node for &str {
    fn html(self) -> Html {
        text(self.to_owned())
    }

    fn put(self, tag: Tag) -> Tag {
        tag.with_text(self)
    }
}

impl Node for String {
    fn html(self) -> Html {
        text(self)
    }

    fn put(self, tag: Tag) -> Tag {
        tag.with_string(self)
    }
}

/// Where there is none, an empty place keeps the siblings at theirs.
impl<N: Node> Node for Option<N> {
    fn html(self) -> Html {
        self.map(Node::html).unwrap_or_default()
    }

    fn put(self, tag: Tag) -> Tag {
        match self {
            Some(node) => node.put(tag),
            None => tag.with_nothing(),
        }
    }
}
