//! What an element can hold.

use yew::Html;
use yew::virtual_dom::{VList, VText};

use super::Tag;

/// Some nodes beside each other, being gathered.
pub struct Group(Vec<Html>);

/// What can be inside an element.
pub trait Node {
    /// As Yew has it.
    fn html(self) -> Html;
}

/// No nodes yet.
pub fn group() -> Group {
    Group(Vec::new())
}

impl Group {
    /// Adds a node.
    pub fn child(self, child: impl Node) -> Self {
        self.with(child.html())
    }

    /// Adds nodes, all of which have keys.
    pub fn children<N: Node>(self, children: impl IntoIterator<Item = N>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    #[inline(never)]
    fn with(mut self, child: Html) -> Self {
        self.0.push(child);
        self
    }

    /// The nodes.
    #[inline(never)]
    pub fn html(self) -> Html {
        list(self.0)
    }
}

#[inline(never)]
pub(super) fn list(nodes: Vec<Html>) -> Html {
    VList::with_children(nodes, None).into()
}

/// A text, which the page copies.
#[inline(never)]
fn text(text: &str) -> Html {
    VText::new(text.to_owned()).into()
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
}

impl Node for &String {
    fn html(self) -> Html {
        text(self)
    }
}

impl Node for &str {
    fn html(self) -> Html {
        text(self)
    }
}

impl Node for String {
    fn html(self) -> Html {
        VText::new(self).into()
    }
}

/// Where there is none, an empty place keeps the siblings at theirs.
impl<N: Node> Node for Option<N> {
    fn html(self) -> Html {
        self.map(Node::html).unwrap_or_default()
    }
}
