//! The descriptions of faults, and the errors in a fault that was typed.

use echo_core::fault::{
    Expected, Fault, FaultKind, MAX_GREETING, MAX_TIME, ParameterKind, ParseFaultError,
    ParseFaultErrorKind, forms,
};
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::lab::card::fields;

use super::bytes::bytes;
use crate::i18n::composer::mistake_zh as escape_error_zh;

/// Returns what a server with a kind of fault does, in a few words.
pub fn title(lang: Lang, kind: FaultKind) -> &'static str {
    match (kind, lang) {
        (FaultKind::Corrupt, En) => "Corrupts a byte",
        (FaultKind::Corrupt, Zh) => "改坏一个字节",
        (FaultKind::Upper, En) => "Shouts",
        (FaultKind::Upper, Zh) => "全变大写",
        (FaultKind::Extra, En) => "Adds bytes",
        (FaultKind::Extra, Zh) => "多发几个字节",
        (FaultKind::Banner, En) => "Greets first",
        (FaultKind::Banner, Zh) => "先打招呼",
        (FaultKind::Truncate, En) => "Cuts the reply short",
        (FaultKind::Truncate, Zh) => "回复不完整",
        (FaultKind::Delay, En) => "Delays",
        (FaultKind::Delay, Zh) => "回答得慢",
        (FaultKind::Split, En) => "Splits",
        (FaultKind::Split, Zh) => "分几次发",
        (FaultKind::Silent, En) => "Says nothing",
        (FaultKind::Silent, Zh) => "一言不发",
        (FaultKind::LateFin, En) => "Waits for FIN",
        (FaultKind::LateFin, Zh) => "等到 FIN 才答",
        (FaultKind::Reset, En) => "Breaks off",
        (FaultKind::Reset, Zh) => "突然断开",
        (FaultKind::Refuse, En) => "Refuses",
        (FaultKind::Refuse, Zh) => "拒绝连接",
        (FaultKind::Expired, En) => "Has expired",
        (FaultKind::Expired, Zh) => "证书过期",
        (FaultKind::WrongName, En) => "Has another name",
        (FaultKind::WrongName, Zh) => "名字不符",
        (FaultKind::SelfSigned, En) => "Vouches for itself",
        (FaultKind::SelfSigned, Zh) => "自己给自己作证",
        (FaultKind::Plaintext, En) => "Speaks no TLS",
        (FaultKind::Plaintext, Zh) => "不说 TLS",
        (FaultKind::NoCloseNotify, En) => "Leaves without a word",
        (FaultKind::NoCloseNotify, Zh) => "不辞而别",
        (FaultKind::Chaos, En) => "Anything goes",
        (FaultKind::Chaos, Zh) => "什么都可能",
    }
}

/// Returns the description of a server with a kind of fault: the texts before, between and after
/// the arguments, which do not include their [units](unit).
fn phrases(lang: Lang, kind: FaultKind) -> &'static [&'static str] {
    match (kind, lang) {
        (FaultKind::Corrupt, En) => &["Changes the byte at offset ", "."],
        (FaultKind::Corrupt, Zh) => &["改动偏移 ", " 处的那个字节。"],
        (FaultKind::Upper, En) => &["Echoes in capital letters."],
        (FaultKind::Upper, Zh) => &["把字母变成大写再返回。"],
        (FaultKind::Extra, En) => &["Echoes, then adds ", " of its own."],
        (FaultKind::Extra, Zh) => &["原样返回，再多发 ", "。"],
        (FaultKind::Banner, En) => &["Speaks first: ", " and then echoes."],
        (FaultKind::Banner, Zh) => &["抢先开口：", " 然后才回显。"],
        (FaultKind::Truncate, En) => &["Echoes ", ", then ends the connection (FIN)."],
        (FaultKind::Truncate, Zh) => &["返回 ", "，就结束连接（FIN）。"],
        (FaultKind::Delay, En) => &["Waits ", " before it answers."],
        (FaultKind::Delay, Zh) => &["先等 ", "，再回答。"],
        (FaultKind::Split, En) => &["Echoes ", " every ", "."],
        (FaultKind::Split, Zh) => &["每次返回 ", "，间隔 ", "。"],
        (FaultKind::Silent, En) => &["Reads, and never answers."],
        (FaultKind::Silent, Zh) => &["只收，从不回答。"],
        (FaultKind::LateFin, En) => &["Answers only after the client's FIN."],
        (FaultKind::LateFin, Zh) => &["等客户端发来 FIN 才回答。"],
        (FaultKind::Reset, En) => &["Echoes ", ", then aborts (RST)."],
        (FaultKind::Reset, Zh) => &["返回 ", "，就强制断开（RST）。"],
        (FaultKind::Refuse, En) => &["Is not there: nothing listens."],
        (FaultKind::Refuse, Zh) => &["根本不在：没有程序侦听。"],
        (FaultKind::Expired, En) => &["Shows a certificate that is no longer valid."],
        (FaultKind::Expired, Zh) => &["出示一张已经过期的证书。"],
        (FaultKind::WrongName, En) => &["Shows a certificate for another name."],
        (FaultKind::WrongName, Zh) => &["出示一张写着别的名字的证书。"],
        (FaultKind::SelfSigned, En) => &["Shows a certificate that only its own key signed."],
        (FaultKind::SelfSigned, Zh) => &["出示一张自己签发的证书。"],
        (FaultKind::Plaintext, En) => &["Is asked for over TLS, and answers in plain text."],
        (FaultKind::Plaintext, Zh) => &["对方用 TLS 来问，它用明文回答。"],
        (FaultKind::NoCloseNotify, En) => &["Echoes over TLS, and ends without close_notify."],
        (FaultKind::NoCloseNotify, Zh) => &["通过 TLS 回显，结束时不发 close_notify。"],
        (FaultKind::Chaos, En) => &["Several kinds of trouble at once; seed ", " picks them."],
        (FaultKind::Chaos, Zh) => &["几种毛病一起犯，由种子 ", " 决定。"],
    }
}

/// Returns the unit of an argument, empty if it has none. The number is in a field, so that the
/// unit is a plural.
fn unit(lang: Lang, kind: ParameterKind) -> &'static str {
    match (kind, lang) {
        (ParameterKind::Bytes | ParameterKind::Size, En) => " bytes",
        (ParameterKind::Bytes | ParameterKind::Size, Zh) => " 个字节",
        (ParameterKind::Time, En) => " ms",
        (ParameterKind::Time, Zh) => " 毫秒",
        (ParameterKind::Offset | ParameterKind::Text | ParameterKind::Seed, _) => "",
    }
}

/// Returns an argument with its unit.
fn argument(lang: Lang, kind: ParameterKind, value: &str) -> String {
    match kind {
        ParameterKind::Bytes | ParameterKind::Size => bytes(lang, value),
        ParameterKind::Time | ParameterKind::Offset | ParameterKind::Text | ParameterKind::Seed => {
            format!("{value}{}", unit(lang, kind))
        }
    }
}

/// Returns the texts on a fault's card: before the first field, and after each field.
pub fn card_texts(lang: Lang, kind: FaultKind) -> Vec<String> {
    let units = kind.spec().parameters.iter().map(|parameter| unit(lang, parameter.kind));
    let units = std::iter::once("").chain(units);
    units.zip(phrases(lang, kind)).map(|(unit, phrase)| format!("{unit}{phrase}")).collect()
}

/// Returns the description of a server with a fault.
pub fn description(lang: Lang, fault: &Fault) -> String {
    let kind = fault.kind();
    let arguments = kind.spec().parameters.iter().zip(fields(fault));
    let mut arguments = arguments.map(|(parameter, value)| argument(lang, parameter.kind, &value));
    let mut description = String::new();
    for phrase in phrases(lang, kind) {
        description += phrase;
        description.extend(arguments.next());
    }
    description
}

/// Returns the label of a field for a parameter.
pub fn parameter(lang: Lang, kind: ParameterKind) -> &'static str {
    match (kind, lang) {
        (ParameterKind::Bytes, En) => "bytes",
        (ParameterKind::Bytes, Zh) => "字节数",
        (ParameterKind::Offset, En) => "offset",
        (ParameterKind::Offset, Zh) => "偏移",
        (ParameterKind::Size, En) => "bytes at once",
        (ParameterKind::Size, Zh) => "每次的字节数",
        (ParameterKind::Time, En) => "milliseconds",
        (ParameterKind::Time, Zh) => "毫秒",
        (ParameterKind::Text, En) => "text, with escapes",
        (ParameterKind::Text, Zh) => "文字，可用转义",
        (ParameterKind::Seed, En) => "seed",
        (ParameterKind::Seed, Zh) => "种子",
    }
}

/// Returns the message about an error in a fault that was typed.
pub fn parse_error(lang: Lang, error: &ParseFaultError) -> String {
    match lang {
        En => error.to_string(),
        Zh => format!("第 {} 个字符：{}", error.character, parse_error_zh(error.kind)),
    }
}

fn parse_error_zh(kind: ParseFaultErrorKind) -> String {
    match kind {
        ParseFaultErrorKind::UnknownName => {
            format!("没有这样的服务器；可用的有 {}。", forms().join("、"))
        }
        ParseFaultErrorKind::Missing(expected) => format!("这里缺少{}。", expected_zh(expected)),
        ParseFaultErrorKind::NotA(expected) => format!("这里应当是{}。", expected_zh(expected)),
        ParseFaultErrorKind::Surplus => "从这里起是多余的。".into(),
        ParseFaultErrorKind::Escape(kind) => escape_error_zh(kind),
    }
}

fn expected_zh(expected: Expected) -> String {
    match expected {
        Expected::Number { min, max } => format!("一个 {min} 到 {max} 之间的整数"),
        Expected::Time => {
            format!("一段时间，例如 200ms 或 1s，不超过 {}s", MAX_TIME.as_secs())
        }
        Expected::Greeting => format!("一段 1 到 {MAX_GREETING} 个字节的文字"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn describe(lang: Lang, fault: &str) -> String {
        description(lang, &fault.parse().unwrap())
    }

    #[test]
    fn no_two_cards_have_the_same_title() {
        for lang in [En, Zh] {
            let mut titles: Vec<_> = FaultKind::ALL.iter().map(|kind| title(lang, *kind)).collect();
            titles.sort_unstable();
            titles.dedup();
            assert_eq!(titles.len(), FaultKind::ALL.len());
        }
    }

    #[test]
    fn every_description_has_a_place_for_each_parameter() {
        for lang in [En, Zh] {
            for kind in FaultKind::ALL.iter().copied() {
                let places = phrases(lang, kind).len() - 1;
                assert_eq!(places, kind.spec().parameters.len(), "{lang:?} {kind:?}");
            }
        }
    }

    #[test]
    fn a_description_names_the_arguments_with_their_units() {
        assert_eq!(describe(En, "split:2:200ms"), "Echoes 2 bytes every 200 ms.");
        assert_eq!(describe(Zh, "split:2:1s"), "每次返回 2 个字节，间隔 1000 毫秒。");
        assert_eq!(describe(En, r"banner:Hi!\n"), r"Speaks first: Hi!\n and then echoes.");
        assert_eq!(describe(En, "upper"), "Echoes in capital letters.");
    }

    #[test]
    fn one_byte_is_singular() {
        assert_eq!(describe(En, "truncate:1"), "Echoes 1 byte, then ends the connection (FIN).");
        assert_eq!(describe(En, "truncate:11"), "Echoes 11 bytes, then ends the connection (FIN).");
    }

    #[test]
    fn a_card_says_what_the_description_says() {
        for lang in [En, Zh] {
            for kind in FaultKind::ALL.iter().copied() {
                let fault: Fault = kind.spec().example.parse().unwrap();
                let values = fields(&fault).into_iter().chain([String::new()]);
                let card: String = card_texts(lang, kind)
                    .into_iter()
                    .zip(values)
                    .map(|(text, value)| text + &value)
                    .collect();
                assert_eq!(card, description(lang, &fault));
            }
        }
    }
}
