//! Every text of the page, in each of its languages.
//!
//! A language is one value of [`Words`]: a text that is missing in one does not compile. The parts
//! of the page that come later bring their own: [`lab`], [`lesson`] and [`packets`].

pub mod bytes;
mod cause;
pub mod class;
mod composer;
pub mod connection_log;
pub mod copy;
mod count;
pub mod diagnosis;
mod en;
pub mod format;
pub mod header;
pub mod inspector;
pub mod lab;
pub mod lazy;
pub mod lesson;
pub mod link;
pub mod load_test;
pub mod menu;
pub mod modes;
pub mod next_step;
pub mod packets;
pub mod reason;
pub mod runs;
pub mod timeline;
pub mod verdict;
mod zh;

use echo_core::wire::EchoServer;

use composer::Composer;
use page_model::lang::Lang;

/// The texts of one language.
pub struct Words {
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
    /// How one talks.
    pub modes: modes::ModesWords,
    /// The choice of the echo server, beside the target.
    pub echo: &'static str,
    /// The choice of another one.
    pub misbehaves: &'static str,
    /// The composer.
    pub composer: Composer,
}

/// Returns the texts of a language.
#[must_use]
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &en::WORDS,
        Lang::Zh => &zh::WORDS,
    }
}
