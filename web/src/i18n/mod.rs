//! Every text of the page, in each of its languages.
//!
//! A language is one value of [`Words`]: a text that is missing in one does not compile. The parts
//! of the page that come later bring their own: [`lab`], [`lesson`] and [`packets`].

mod cause;
mod composer;
pub mod connection_log;
mod count;
pub mod diagnosis;
mod en;
pub mod format;
pub mod lab;
pub mod lesson;
mod link;
pub mod load_test;
mod menu;
pub mod modes;
pub mod next_step;
pub mod packets;
mod program;
pub mod reason;
pub mod runs;
pub mod verdict;
pub mod views;
mod zh;

use echo_core::Line;
use echo_core::wire::EchoServer;

use composer::Composer;
use page_model::lang::Lang;

/// The texts of one language.
pub struct Words {
    /// The language switch, to those who do not see it.
    pub language: &'static str,
    /// The label of the target.
    pub to: &'static str,
    /// Whose the echo server is.
    pub echo_server: fn(EchoServer) -> &'static str,
    /// The target is empty.
    pub empty_to: &'static str,
    /// The label of the message.
    pub message: &'static str,
    /// The message is empty.
    pub empty_message: &'static str,
    /// How a message is sent and a line added, by keyboard.
    pub keys: &'static str,
    /// The button that sends.
    pub send: &'static str,
    /// The button that ends the waiting.
    pub stop: &'static str,
    /// The button that copies.
    pub copy: &'static str,
    /// What that button says afterwards.
    pub copied: &'static str,
    /// What it says when the browser would not.
    pub not_copied: &'static str,
    /// The heading of the log.
    pub timeline: &'static str,
    /// The views of what happened.
    pub views: views::ViewWords,
    /// What its times mean.
    pub since_send: &'static str,
    /// The bridge is not running.
    pub no_bridge: &'static str,
    /// The texts about links.
    pub link: link::LinkWords,
    /// The texts of the menu `?`.
    pub menu: menu::MenuWords,
    /// What a line of the program means, where its English needs it.
    pub translation: fn(&Line) -> Option<String>,
    /// How one talks.
    pub modes: modes::ModesWords,
    /// The choice of the echo server, beside the target.
    pub echo: &'static str,
    /// The choice of another one.
    pub misbehaves: &'static str,
    /// The composer.
    pub composer: Composer,
    /// The button that opens the lesson, and its name.
    pub lesson: &'static str,
    /// A part of the page could not be loaded.
    pub not_loaded: &'static str,
    /// The button that loads it again.
    pub try_again: &'static str,
}

/// Returns the texts of a language.
#[must_use]
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &en::WORDS,
        Lang::Zh => &zh::WORDS,
    }
}
