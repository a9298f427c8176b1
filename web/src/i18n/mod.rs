//! Every text of the page, in each of its languages.
//!
//! A language is one value of [`Words`]: a text that is missing in one does not compile. The parts
//! of the page that come later bring their own: [`lab`], [`lesson`] and [`packets`].

pub mod bytes;
mod composer;
pub mod connection_log;
pub mod copy;
mod en;
pub mod format;
pub mod inspector;
pub mod lab;
pub mod lazy;
pub mod lesson;
mod link;
mod menu;
pub mod modes;
pub mod packets;
mod reply;
mod runs;
pub mod timeline;
mod zh;

use echo_core::wire::EchoServer;

use composer::Composer;
use page_model::cause::Cause;
use page_model::lang::Lang;
use reply::Reply;

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
    /// How many bytes.
    pub bytes: fn(usize) -> String,
    /// How a message is sent and a line added, by keyboard.
    pub keys: &'static str,
    /// The button that sends.
    pub send: &'static str,
    /// The button that ends the waiting.
    pub stop: &'static str,
    /// What is to be done first; so many bytes will go.
    pub idle: fn(usize) -> String,
    /// The bridge is not running.
    pub no_bridge: &'static str,
    /// What the page does meanwhile.
    pub notices: &'static str,
    /// The bridge is there again.
    pub bridge_back: &'static str,
    /// The target is being reached.
    pub connecting: fn(&str) -> String,
    /// So many bytes of so many have come; more are awaited.
    pub waiting: fn(usize, usize) -> String,
    /// So many bytes of so many had come when the waiting was ended.
    pub still_waiting: fn(usize, usize) -> String,
    /// The page ended the waiting, after so many seconds.
    pub limit: fn(u32) -> String,
    /// Somebody ended the waiting.
    pub stopped: &'static str,
    /// Somebody ended it before there was a connection.
    pub given_up: &'static str,
    /// All so many bytes came back.
    pub same: fn(usize) -> String,
    /// The byte at this offset, of so many, is the first that differs: sent, received.
    pub different: fn(usize, usize, u8, u8) -> String,
    /// What went out.
    pub sent: &'static str,
    /// What came back.
    pub received: &'static str,
    /// So many more bytes came after the reply, these among them.
    pub extra: fn(u64, &str) -> String,
    /// What leads over to the command that does the same.
    pub in_terminal: &'static str,
    /// So many bytes of so many had come.
    pub had_come: fn(usize, usize) -> String,
    /// How long the reply took over TCP.
    pub over_tcp: fn(&str) -> String,
    /// How long it took as the browser sees it.
    pub through_browser: fn(&str) -> String,
    /// Why a run failed, at this target, for a page from this origin.
    pub cause: fn(Cause, &str, &str) -> String,
    /// What leads over to the command that may help.
    pub remedy: fn(Cause) -> &'static str,
    /// The texts about runs that are over.
    pub runs: runs::RunsWords,
    /// The texts about links.
    pub link: link::LinkWords,
    /// The texts of the menu `?`.
    pub menu: menu::MenuWords,
    /// How one talks.
    pub modes: modes::ModesWords,
    /// The choice of the echo server, beside the target.
    pub echo: &'static str,
    /// The choice of another one.
    pub misbehaves: &'static str,
    /// The composer.
    pub composer: Composer,
    /// What explains a reply, and can be taken along.
    pub reply: Reply,
}

/// Returns the texts of a language.
#[must_use]
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &en::WORDS,
        Lang::Zh => &zh::WORDS,
    }
}
