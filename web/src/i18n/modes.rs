//! How one talks: once, staying connected, again and again.

mod en;
mod zh;

pub(super) use en::EN;
pub(super) use zh::ZH;

use page_model::modes::Mode;
use page_model::modes::load::settings::LoadPlan;

/// The texts about it, in one language.
pub struct ModesWords {
    /// The name of the switch.
    pub how: &'static str,
    /// A mode.
    pub mode: fn(Mode) -> &'static str,
    /// Why the switch waits.
    pub locked: fn(Mode) -> &'static str,
    /// Connects, and sends nothing yet.
    pub connect: &'static str,
    /// Connects once more.
    pub connect_again: &'static str,
    /// Sends FIN.
    pub finish: &'static str,
    /// Sends RST.
    pub reset: &'static str,
    /// Closes the connection.
    pub disconnect: &'static str,
    /// The three of them.
    pub end_it: &'static str,
    /// There is no room for what is to be sent.
    pub full: &'static str,
    /// What Send does, of so many bytes, and what Connect does.
    pub stay_idle: fn(usize) -> String,
    /// The connection to this target stands.
    pub connected: fn(&str) -> String,
    /// Nobody has said anything.
    pub nothing_said: &'static str,
    /// Both may speak, and somebody has.
    pub both_speak: &'static str,
    /// We finish, once what waits is sent.
    pub finishing: &'static str,
    /// We finished.
    pub we_finished: &'static str,
    /// They finished.
    pub peer_closed: &'static str,
    /// The bridge was told to break it off.
    pub resetting: &'static str,
    /// So many bytes wait to be sent.
    pub queued: fn(usize) -> String,
    /// There was no connection, in these words.
    pub not_connected: fn(&str) -> String,
    /// It broke, in these words.
    pub broken: fn(&str) -> String,
    /// So many bytes were never sent.
    pub unsent: fn(usize) -> String,
    /// It is over, as both wanted it.
    pub over: &'static str,
    /// Both sides finished.
    pub both_finished: &'static str,
    /// We broke it off.
    pub we_reset: &'static str,
    /// What that means.
    pub we_reset_because: &'static str,
    /// We ended it.
    pub we_disconnected: &'static str,
    /// What that means.
    pub we_disconnected_because: &'static str,
    /// The label of the amount.
    pub amount: &'static str,
    /// The label of the unit.
    pub unit: &'static str,
    /// Exchanges, as a unit.
    pub times: &'static str,
    /// Seconds, as a unit.
    pub seconds: &'static str,
    /// The label of the number of connections.
    pub connections: &'static str,
    /// A number must be within these.
    pub range: fn(u32, u32) -> String,
    /// Starts a repetition.
    pub start: &'static str,
    /// What Start does, with so many bytes.
    pub repeat_idle: fn(Option<LoadPlan>, usize) -> String,
    /// What bounds it.
    pub bounds: fn() -> String,
    /// So many exchanges are done, of so many.
    pub under_way: fn(u64, Option<u32>) -> String,
    /// So many seconds of so many.
    pub of_seconds: fn(&str, u32) -> String,
    /// So many exchanges, all of them well.
    pub all_same: fn(u64) -> String,
    /// So many exchanges, of which so many went otherwise.
    pub some_not: fn(u64, u64) -> String,
    /// No exchange was completed.
    pub none: &'static str,
    /// Somebody stopped it.
    pub stopped: &'static str,
    /// No connection was left.
    pub none_left: &'static str,
    /// No number is complete after this long.
    pub longest: &'static str,
    /// It took so long, and so many a second.
    pub took: fn(&str, u64) -> String,
    /// No whole reply came in so many seconds.
    pub overdue: fn(u32) -> String,
    /// Something else.
    pub something_else: &'static str,
    /// Over TCP.
    pub tcp: &'static str,
    /// What that is.
    pub tcp_means: &'static str,
    /// Through the browser.
    pub browser: &'static str,
    /// What that is.
    pub browser_means: &'static str,
    /// The heading of the results.
    pub times_heading: &'static str,
    /// How a repetition goes, on so many connections.
    pub method: fn(u32) -> String,
    /// What the chart shows: what, most within these, and the longest.
    pub chart: fn(&str, &str, &str) -> String,
    /// The axes of the chart.
    pub axes: &'static str,
    /// The longest of all.
    pub slowest: &'static str,
}
