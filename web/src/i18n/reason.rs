//! Why a run ended as it did.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::verdict::{Difference, Expectation, Progress, Reason};

use super::cause::cause;
use super::count::count;
use super::format::thousands;
use super::verdict::progress;

/// Returns why a run ended as it did, in a sentence; of a failure that the bridge has told, what
/// [`failure::reason`](super::failure::reason) leaves to say.
pub fn reason(lang: Lang, reason: &Reason) -> String {
    match (lang, reason) {
        (En, Reason::Unchanged(1)) => "The byte came back unchanged.".into(),
        (En, Reason::Unchanged(n)) => {
            format!("All {} came back unchanged.", count(*n as u64, "byte"))
        }
        (Zh, Reason::Unchanged(n)) => format!("{} 个字节全部原样返回。", thousands(*n as u64)),
        (En, Reason::AsExpected(1)) => "The byte that was expected came.".into(),
        (En, Reason::AsExpected(n)) => {
            format!("All {} came as expected.", count(*n as u64, "byte"))
        }
        (Zh, Reason::AsExpected(n)) => format!("{} 个字节与期望的完全相同。", thousands(*n as u64)),
        (_, Reason::Different { expectation, difference }) => {
            first_difference(lang, *expectation, *difference)
        }
        (_, Reason::Failed(view)) => cause(lang, view).unwrap_or_default(),
        (_, Reason::CutShort { cause: None, progress }) => had_come(lang, *progress),
        (_, Reason::CutShort { cause: Some(view), progress }) => {
            format!("{} {}", cause(lang, view).unwrap_or_default(), had_come(lang, *progress))
        }
        (En, Reason::TimeLimit(s)) => {
            format!("The tutorial's client would still be waiting; this page stopped after {s} s.")
        }
        (Zh, Reason::TimeLimit(s)) => {
            format!("教程里的客户端会一直等下去；本页等了 {s} 秒，不再等了。")
        }
        (En, Reason::StoppedByUser) => {
            "You stopped it; the tutorial's client would still be waiting.".into()
        }
        (Zh, Reason::StoppedByUser) => "你按了停止；教程里的客户端会一直等下去。".into(),
        (En, Reason::BothFinished) => "Both sides finished, each with a FIN.".into(),
        (Zh, Reason::BothFinished) => "双方都发完了，各发了一个 FIN。".into(),
        (En, Reason::ResetByUser) => {
            "With RST: what was still on its way may be lost, on both sides.".into()
        }
        (Zh, Reason::ResetByUser) => "用的是 RST：还在路上的字节可能丢失，双方都是。".into(),
        (En, Reason::ClosedByUser) => {
            "What you had sent still reaches the server, then FIN; what it still says is not read."
                .into()
        }
        (Zh, Reason::ClosedByUser) => {
            "已发出的仍会送到服务器，然后是 FIN；服务器之后再说什么，就不读了。".into()
        }
    }
}

fn first_difference(lang: Lang, expectation: Expectation, difference: Difference) -> String {
    let Difference { offset, length, expected, received } = difference;
    let (nth, length) = (thousands(offset as u64 + 1), thousands(length as u64));
    match (lang, expectation) {
        (En, Expectation::Sent) => format!(
            "First difference: byte {nth} of {length} went out as {expected:02x} and came back as \
             {received:02x}."
        ),
        (Zh, Expectation::Sent) => format!(
            "第一处不同：{length} 个字节中的第 {nth} 个，发出的是 {expected:02x}，收回的是 {received:02x}。"
        ),
        (En, Expectation::Others) => format!(
            "First difference: byte {nth} of {length} should be {expected:02x} and is {received:02x}."
        ),
        (Zh, Expectation::Others) => format!(
            "第一处不同：{length} 个字节中的第 {nth} 个，应为 {expected:02x}，收到的是 {received:02x}。"
        ),
    }
}

/// Returns how many bytes had come.
pub(super) fn had_come(lang: Lang, it: Progress) -> String {
    match lang {
        En => format!("{} had come back.", progress(lang, it)),
        Zh => format!("已收回 {}。", progress(lang, it)),
    }
}
