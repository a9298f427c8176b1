//! The texts that say where the packets come from, and of the buttons beside them.

use echo_core::packets::DecodeError;
use echo_core::packets::file::{FileEnd, MAX_FILE};
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::packets::file::{CaptureFileError, OtherFile};
use page_model::packets::view::source::CaptureStatus;

use super::packets;
use crate::i18n::count::count as counted;
use crate::i18n::format::{grouped, limit};

/// Returns the text that says how the packets of the shown connection were obtained.
pub fn status(lang: Lang, status: CaptureStatus) -> String {
    match status {
        CaptureStatus::Captured { count, is_live, left_out } => {
            captured(lang, count, is_live, left_out)
        }
        CaptureStatus::Inferred { first, is_tls } => {
            let tls = if is_tls { inferred_tls(lang) } else { "" };
            let all = inferred(lang).to_owned() + tls;
            match (lang, first.map(grouped)) {
                (_, None) => all,
                (En, Some(count)) => format!("{all} Only the first {count} are shown."),
                (Zh, Some(count)) => format!("{all}只列出前 {count} 个。"),
            }
        }
        CaptureStatus::Awaiting => match lang {
            En => "Capturing: no packet has passed yet.".to_owned(),
            Zh => "正在抓包：还没有报文经过。".to_owned(),
        },
        CaptureStatus::NoPackets => match lang {
            En => "No packets: no connection was tried.".to_owned(),
            Zh => "没有报文：没有尝试过连接。".to_owned(),
        },
    }
}

fn captured(lang: Lang, count: usize, is_live: bool, left_out: u64) -> String {
    let shown = match (lang, is_live) {
        (En, false) => format!("Captured: {} of this connection", packets(lang, count)),
        (En, true) => format!("Captured: {} of this connection so far", packets(lang, count)),
        (Zh, false) => format!("实测：这条连接有{}", packets(lang, count)),
        (Zh, true) => format!("实测：这条连接目前有{}", packets(lang, count)),
    };
    let more = grouped(left_out);
    match (lang, left_out) {
        (En, 0) => format!("{shown}."),
        (En, _) => format!("{shown}; {more} more passed that are not shown."),
        (Zh, 0) => format!("{shown}。"),
        (Zh, _) => format!("{shown}；另有 {more} 个经过，没有列出。"),
    }
}

/// Returns the text that says that packets were inferred, and what of them is made up is marked.
pub fn inferred(lang: Lang) -> &'static str {
    match lang {
        En => {
            "Inferred from what the bridge read and wrote, not captured: what has ≈ and dots under \
             it is made up, as a plain TCP would have it."
        }
        Zh => {
            "推断：根据桥接程序的读写推出，并未抓包。带 ≈ 和点线的内容是按普通 TCP 的做法补出来的。"
        }
    }
}

/// Returns what is said besides of packets that carried TLS, which nobody captured.
fn inferred_tls(lang: Lang) -> &'static str {
    match lang {
        En => {
            " What they carried was encrypted by TLS, after a handshake; here it stands as it was \
             before that. Capture the packets to see them."
        }
        Zh => {
            "实际经过的内容在握手后由 TLS 加密；这里列出的是加密之前的样子。抓包才能看到真实的报文。"
        }
    }
}

/// Returns what is said of a capture that can be decrypted.
pub fn has_secrets(lang: Lang) -> &'static str {
    match lang {
        En => {
            "TLS: the saved file has the secrets of this connection, so that Wireshark shows it in \
             plain text, to you and to whomever you give the file."
        }
        Zh => {
            "TLS：保存的文件带有这条连接的密钥，Wireshark 可以直接显示明文；拿到文件的人也都能看到。"
        }
    }
}

/// Returns what is said of a file with TLS secrets in it.
pub fn file_has_secrets(lang: Lang) -> &'static str {
    match lang {
        En => {
            "The file has TLS secrets in it: Wireshark shows what is encrypted here in plain text."
        }
        Zh => "文件里带有 TLS 密钥：这里看到的是密文，Wireshark 可以显示明文。",
    }
}

/// Returns the label of the switch that has packets captured.
pub fn capture(lang: Lang) -> &'static str {
    match lang {
        En => "Capture packets",
        Zh => "抓取报文",
    }
}

/// Returns the text that says from when on the switch takes effect.
pub fn capture_from(lang: Lang) -> &'static str {
    match lang {
        En => "from the next Send or Connect on",
        Zh => "从下一次发送或连接起生效",
    }
}

/// Returns the text that introduces the reason why the bridge cannot capture packets.
pub fn not_capturing(lang: Lang) -> &'static str {
    match lang {
        En => "The bridge cannot capture packets here:",
        Zh => "桥接程序在这里不能抓包：",
    }
}

/// Returns the text that introduces the command that lets the bridge capture packets.
pub fn remedy(lang: Lang) -> &'static str {
    match lang {
        En => "To allow it, before the bridge is started again:",
        Zh => "允许它抓包，然后重新启动桥接程序：",
    }
}

/// Returns the text that says that the bridge is older than capturing.
pub fn unsupported(lang: Lang) -> &'static str {
    match lang {
        En => "This bridge does not capture packets.",
        Zh => "这个桥接程序不抓包。",
    }
}

/// Returns the label of the button that saves the packets.
pub fn save(lang: Lang) -> &'static str {
    match lang {
        En => "Save as pcapng",
        Zh => "存为 pcapng",
    }
}

/// Returns the label of the button that opens a file.
pub fn open(lang: Lang) -> &'static str {
    match lang {
        En => "Open a capture…",
        Zh => "打开抓包文件…",
    }
}

/// Returns the text that says that the file `name` was not opened, and why.
pub fn refused(lang: Lang, name: &str, error: CaptureFileError) -> String {
    let reason = reason(lang, error);
    match lang {
        En => format!("{name} was not opened. {reason}"),
        Zh => format!("没有打开 {name}：{reason}"),
    }
}

fn reason(lang: Lang, error: CaptureFileError) -> String {
    match (lang, error) {
        (_, CaptureFileError::Bad(error)) => bad(lang, error),
        (En, CaptureFileError::Unreadable) => {
            "The browser could not read it; it may be a folder.".into()
        }
        (Zh, CaptureFileError::Unreadable) => "浏览器读不了它，也许是一个文件夹。".into(),
        (_, CaptureFileError::Other(other)) => self::other(lang, other).into(),
    }
}

/// Returns what a file is that is no capture, and what can be done with it.
fn other(lang: Lang, other: OtherFile) -> &'static str {
    match (lang, other) {
        (En, OtherFile::Runs) => {
            "It is a file of runs, not of packets: Import, beside Runs, opens it."
        }
        (Zh, OtherFile::Runs) => {
            "这是收发记录，不是抓包文件：请用「收发记录」旁边的「导入」打开它。"
        }
        (En, OtherFile::Json) => {
            "It is JSON, neither pcapng nor pcap. Drop it on Message to send it."
        }
        (Zh, OtherFile::Json) => {
            "这是 JSON，既不是 pcapng，也不是 pcap。要发送它，请拖到「消息」上。"
        }
        (En, OtherFile::Html) => {
            "It is HTML or XML, neither pcapng nor pcap. Drop it on Message to send it."
        }
        (Zh, OtherFile::Html) => {
            "这是 HTML 或 XML，既不是 pcapng，也不是 pcap。要发送它，请拖到「消息」上。"
        }
    }
}

fn bad(lang: Lang, error: DecodeError) -> String {
    match (lang, error) {
        (En, DecodeError::NotACapture) => "It is neither pcapng nor pcap.".into(),
        (Zh, DecodeError::NotACapture) => "它既不是 pcapng，也不是 pcap。".into(),
        (En, DecodeError::Nothing) => "There is no packet of a TCP connection in it.".into(),
        (Zh, DecodeError::Nothing) => "里面没有 TCP 连接的报文。".into(),
        (En, DecodeError::TooLong) => format!("It is longer than {}.", limit(MAX_FILE as u64)),
        (Zh, DecodeError::TooLong) => format!("它超过了 {}。", limit(MAX_FILE as u64)),
        (En, DecodeError::Broken(at)) => {
            let at = grouped(at);
            format!("It is damaged from byte {at} on, and has no packet of TCP before that.")
        }
        (Zh, DecodeError::Broken(at)) => {
            format!("它从字节 {} 起是坏的，之前没有 TCP 报文。", grouped(at))
        }
        (En, DecodeError::CutOff(at)) => format!(
            "It is cut off: what begins at byte {} has no end, and no packet of TCP stands before it.",
            grouped(at)
        ),
        (Zh, DecodeError::CutOff(at)) => {
            format!("它不完整：从字节 {} 开始的内容没有结尾，之前没有 TCP 报文。", grouped(at))
        }
        // The others are about single packets, which are skipped.
        (En, _) => "It cannot be read.".into(),
        (Zh, _) => "读不了它。".into(),
    }
}

/// Returns the label of the button that dismisses why a file was not opened.
pub fn dismiss(lang: Lang) -> &'static str {
    match lang {
        En => "OK",
        Zh => "知道了",
    }
}

/// Returns the label of the button that closes the file.
pub fn close_file(lang: Lang) -> &'static str {
    match lang {
        En => "Close file",
        Zh => "关闭文件",
    }
}

/// Returns the text that says that so many packets of the file are not shown.
pub fn skipped(lang: Lang, skipped: u64) -> String {
    match lang {
        En => format!("{} not shown: no TCP, or beyond what fits", counted(skipped, "packet")),
        Zh => format!("有 {} 个报文没有列出：不是 TCP，或超出了容量", grouped(skipped)),
    }
}

/// Returns the text that says how many packets the shown connection has, and how many the file has
/// in all, if that is more.
pub fn packets_of_file(lang: Lang, count: usize, total: Option<u64>) -> String {
    match (lang, total) {
        (_, None) => packets(lang, count),
        (En, Some(total)) => {
            format!("{}, {} of this connection", counted(total, "packet"), grouped(count))
        }
        (Zh, Some(total)) => {
            format!("{} 个报文，其中 {} 个属于这条连接", grouped(total), grouped(count))
        }
    }
}

/// Returns the text that says where a file could not be read any more, if there is such a place.
pub fn file_end(lang: Lang, end: FileEnd) -> Option<String> {
    Some(match (lang, end) {
        (_, FileEnd::Whole) => return None,
        (En, FileEnd::CutOff(at)) => format!(
            "This file is cut off: what begins at byte {} has no end. The packets before it are shown.",
            grouped(at)
        ),
        (Zh, FileEnd::CutOff(at)) => {
            let at = grouped(at);
            format!("这个文件不完整：从字节 {at} 开始的内容没有结尾。这里显示它之前的报文。")
        }
        (En, FileEnd::Damaged(at)) => {
            let at = grouped(at);
            format!("This file is damaged from byte {at} on. The packets before that are shown.")
        }
        (Zh, FileEnd::Damaged(at)) => {
            format!("这个文件从字节 {} 起是坏的。这里显示它之前的报文。", grouped(at))
        }
    })
}

/// Returns the label of the choice of a connection.
pub fn connection(lang: Lang) -> &'static str {
    match lang {
        En => "Connection",
        Zh => "连接",
    }
}
