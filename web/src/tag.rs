//! Elements, made one call at a time.
//!
//! `html!` writes the making of each element out where it stands, some 300 bytes of code; here an
//! attribute or a child is one call, so that the page stays small.

mod events;
mod nodes;
mod values;

pub use nodes::{Node, group};
pub use values::Value;

use std::rc::Rc;

use indexmap::IndexMap;
use yew::Html;
use yew::virtual_dom::{AttrValue, AttributeOrProperty, Attributes, Key, Listener, VTag};

use nodes::list;

/// An element that is being made.
pub struct Tag(Box<Parts>);

struct Parts {
    tag: VTag,
    classes: String,
    attributes: IndexMap<AttrValue, AttributeOrProperty>,
    children: Vec<Html>,
}

/// An element of this name, with nothing in it yet.
#[inline(never)]
pub fn tag(name: &'static str) -> Tag {
    let (tag, attributes) = (VTag::new(name), IndexMap::new());
    Tag(Box::new(Parts { tag, classes: String::new(), attributes, children: Vec::new() }))
}

/// A button, which submits no form.
pub fn button() -> Tag {
    tag("button").set("type", "button")
}

impl Tag {
    /// Tells it from its siblings.
    pub fn key(self, key: impl Into<Key>) -> Self {
        self.keyed(key.into())
    }

    #[inline(never)]
    fn keyed(mut self, key: Key) -> Self {
        self.0.tag.key = Some(key);
        self
    }

    /// Sets an attribute.
    pub fn set(self, name: &'static str, value: impl Value) -> Self {
        value.set(self, name)
    }

    /// Adds a class.
    pub fn class<'a>(self, class: impl Into<Option<&'a str>>) -> Self {
        match class.into() {
            Some(class) => self.classed(class),
            None => self,
        }
    }

    #[inline(never)]
    fn classed(mut self, class: &str) -> Self {
        let classes = &mut self.0.classes;
        if !classes.is_empty() && !class.is_empty() {
            classes.push(' ');
        }
        classes.push_str(class);
        self
    }

    /// Sets an attribute that is either there or not.
    #[inline(never)]
    pub fn flag(self, name: &'static str, is_set: bool) -> Self {
        if is_set { self.put(name, AttrValue::Static(name)) } else { self }
    }

    #[inline(never)]
    fn put(mut self, name: &'static str, value: AttrValue) -> Self {
        self.0.attributes.insert(AttrValue::Static(name), AttributeOrProperty::Attribute(value));
        self
    }

    #[inline(never)]
    fn put_static(self, name: &'static str, value: &'static str) -> Self {
        self.put(name, AttrValue::Static(value))
    }

    #[inline(never)]
    fn put_string(self, name: &'static str, value: String) -> Self {
        self.put(name, value.into())
    }

    /// Sets whether a choice is chosen.
    #[inline(never)]
    pub fn checked(mut self, is_checked: bool) -> Self {
        self.0.tag.set_checked(is_checked);
        self
    }

    /// Adds a node.
    pub fn child(self, child: impl Node) -> Self {
        child.put(self)
    }

    /// Adds nodes, all of which have keys.
    pub fn children<N: Node>(self, children: impl IntoIterator<Item = N>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    #[inline(never)]
    fn with(mut self, child: Html) -> Self {
        self.0.children.push(child);
        self
    }

    #[inline(never)]
    fn with_tag(self, child: Self) -> Self {
        self.with(child.html())
    }

    /// A text, which the page copies.
    #[inline(never)]
    fn with_text(self, text: &str) -> Self {
        self.with_string(text.to_owned())
    }

    #[inline(never)]
    fn with_string(self, text: String) -> Self {
        self.with(nodes::text(text))
    }

    /// An empty place.
    #[inline(never)]
    fn with_nothing(self) -> Self {
        self.with(Html::default())
    }

    #[inline(never)]
    fn on(mut self, listener: Rc<dyn Listener>) -> Self {
        self.0.tag.add_listener(listener);
        self
    }

    /// The children alone.
    #[inline(never)]
    fn nodes(self) -> Html {
        list(self.0.children)
    }

    /// The element.
    #[inline(never)]
    pub fn html(self) -> Html {
        let Parts { mut tag, classes, mut attributes, children } = *self.0;
        if !classes.is_empty() {
            let class = AttributeOrProperty::Attribute(classes.into());
            attributes.insert(AttrValue::Static("class"), class);
        }
        tag.attributes = Attributes::IndexMap(Rc::new(attributes));
        if let Some(there) = tag.children_mut() {
            *there = list(children);
        }
        tag.into()
    }
}
