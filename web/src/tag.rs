//! Elements, made one call at a time.
//!
//! `html!` writes the making of each element out where it stands, some 300 bytes of code; here an
//! attribute or a child is one call, so that the page stays small.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{
    DragEvent, FocusEvent, InputEvent, KeyboardEvent, MouseEvent, PointerEvent, SubmitEvent,
};
use yew::virtual_dom::{AttrValue, Key, Listener, ListenerKind, VList, VTag, VText};
use yew::{Callback, Event, Html, NodeRef};

/// An element that is being made, and its classes.
pub struct Tag(Box<(VTag, String)>);

/// Some nodes beside each other, being gathered.
pub struct Group(VList);

/// An element of this name, with nothing in it yet.
#[inline(never)]
pub fn tag(name: &'static str) -> Tag {
    Tag(Box::new((VTag::new(name), String::new())))
}

/// No nodes yet.
pub fn group() -> Group {
    Group(VList::new())
}

/// A text, which the page copies.
#[inline(never)]
pub fn text(text: &str) -> Html {
    VText::new(text.to_owned()).into()
}

/// What can be inside an element.
pub trait Node {
    /// As Yew has it.
    fn html(self) -> Html;
}

/// What can be the value of an attribute: `None` leaves it out.
pub trait Value {
    /// Sets it.
    fn set(self, tag: Tag, name: &'static str) -> Tag;
}

impl Tag {
    /// Tells it from its siblings.
    pub fn key(self, key: impl Into<Key>) -> Self {
        self.keyed(key.into())
    }

    #[inline(never)]
    fn keyed(mut self, key: Key) -> Self {
        self.0.0.key = Some(key);
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
        let classes = &mut self.0.1;
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
        self.0.0.add_attribute(name, value);
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

    /// Sets what stands in a field.
    pub fn value(self, value: impl Into<AttrValue>) -> Self {
        self.valued(value.into())
    }

    #[inline(never)]
    fn valued(mut self, value: AttrValue) -> Self {
        self.0.0.set_value(Some(value));
        self
    }

    /// Sets whether a choice is chosen.
    #[inline(never)]
    pub fn checked(mut self, is_checked: bool) -> Self {
        self.0.0.set_checked(is_checked);
        self
    }

    /// Tells `node` where the element is.
    #[inline(never)]
    pub fn node(mut self, node: &NodeRef) -> Self {
        self.0.0.node_ref = node.clone();
        self
    }

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
        self.0.0.add_child(child);
        self
    }

    #[inline(never)]
    fn on(mut self, listener: Rc<dyn Listener>) -> Self {
        self.0.0.add_listener(listener);
        self
    }

    /// The element.
    #[inline(never)]
    pub fn html(self) -> Html {
        let (mut tag, classes) = *self.0;
        if !classes.is_empty() {
            tag.add_attribute("class", classes);
        }
        tag.into()
    }
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
        self.0.add_child(child);
        self
    }

    /// The nodes.
    #[inline(never)]
    pub fn html(self) -> Html {
        self.0.into()
    }
}

/// Who hears of an event.
struct Ear<E> {
    kind: fn() -> ListenerKind,
    is_passive: bool,
    hear: Callback<E>,
}

impl<E: JsCast> Listener for Ear<E> {
    fn kind(&self) -> ListenerKind {
        (self.kind)()
    }

    fn handle(&self, event: Event) {
        self.hear.emit(event.unchecked_into());
    }

    fn passive(&self) -> bool {
        self.is_passive
    }
}

macro_rules! events {
    ($($name:ident $event:ident $is_passive:literal)*) => { impl Tag {$(
        /// Has this event heard.
        #[inline(never)]
        pub fn $name(self, hear: Callback<$event>) -> Self {
            let (kind, is_passive) = (|| ListenerKind::$name, $is_passive);
            self.on(Rc::new(Ear { kind, is_passive, hear }))
        }
    )*} };
}

events! {
    onchange Event false
    onclick MouseEvent false
    ondragover DragEvent false
    ondrop DragEvent false
    onfocusin FocusEvent false
    onfocusout FocusEvent false
    oninput InputEvent false
    onkeydown KeyboardEvent false
    onpointerleave PointerEvent false
    onpointerover PointerEvent false
    onscroll Event true
    onsubmit SubmitEvent false
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

impl Value for &'static str {
    fn set(self, tag: Tag, name: &'static str) -> Tag {
        tag.put_static(name, self)
    }
}

impl Value for String {
    fn set(self, tag: Tag, name: &'static str) -> Tag {
        tag.put_string(name, self)
    }
}

impl<V: Value> Value for Option<V> {
    fn set(self, tag: Tag, name: &'static str) -> Tag {
        match self {
            Some(value) => value.set(tag, name),
            None => tag,
        }
    }
}
