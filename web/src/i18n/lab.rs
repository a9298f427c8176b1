//! The texts of the lab: servers with a fault, predictions and explanations.
//!
//! The description of a fault has a `#` for each of its parameters. In an explanation, `#` is the
//! first argument of the fault, `$` the number of bytes sent, and `%` the number received.

use echo_core::fault::{
    Expected, FaultGroup, FaultKind, MAX_GREETING, MAX_TIME, ParameterKind, ParseFaultError,
    ParseFaultErrorKind, forms,
};

use super::composer::mistake_zh as escape_zh;
use page_model::lab::explanation::ExplanationKind;
use page_model::lab::outcome::Outcome;
use page_model::lang::Lang;

/// The texts of the lab in one language.
pub struct LabWords {
    /// The remark that every server is real.
    pub real: &'static str,
    /// The heading of a group of faults.
    pub group: fn(FaultGroup) -> &'static str,
    /// The description of a server with this kind of fault.
    pub description: fn(FaultKind) -> &'static str,
    /// The label of a field for a parameter.
    pub parameter: fn(ParameterKind) -> &'static str,
    /// The label of the button that fills in a random seed.
    pub roll: &'static str,
    /// The message about an error in a fault that was typed.
    pub parse_error: fn(&ParseFaultError) -> String,
    /// The question which outcome is predicted.
    pub predict: &'static str,
    /// The translation of what the client prints at an outcome, empty in English.
    pub translation: fn(Outcome) -> &'static str,
    /// The outcome at which the client prints nothing.
    pub waits: &'static str,
    /// The label of the predicted outcome.
    pub predicted: &'static str,
    /// The label of the real outcome.
    pub happened: &'static str,
    /// The remark whether prediction and outcome agree.
    pub agrees: fn(bool) -> &'static str,
    /// The label of the button that shows the explanation.
    pub show: &'static str,
    /// The explanation.
    pub why: fn(ExplanationKind) -> &'static str,
    /// The remark that the reply ends inside a character.
    pub cuts_character: &'static str,
    /// The introduction of the faults that a seed combines.
    pub mixes: &'static str,
    /// The introduction of the fault that decided.
    pub decides: &'static str,
    /// The introduction of the line of the client that decides.
    pub line: &'static str,
    /// The introduction of the command that starts the same server in a terminal.
    pub in_terminal: &'static str,
}

/// Replaces the marks in a text by their values, and makes "1 bytes" singular.
pub fn filled(text: &str, marks: &[(char, &str)]) -> String {
    let mut said = String::new();
    for c in text.chars() {
        match marks.iter().find(|(mark, _)| *mark == c) {
            Some((_, value)) => said += value,
            None if c == 's' && said.ends_with(" 1 byte") => {}
            None => said.push(c),
        }
    }
    said
}

/// Returns the texts of the lab in a language.
#[must_use]
pub fn words(lang: Lang) -> &'static LabWords {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

static EN: LabWords = LabWords {
    real: "Each of these is real: a server of its own, started for one connection.",
    group: |group| match group {
        FaultGroup::ChangesBytes => "Changes bytes",
        FaultGroup::LosesBytes => "Loses bytes",
        FaultGroup::TakesTime => "Takes its time",
        FaultGroup::HangsUp => "Hangs up",
        FaultGroup::Combines => "By chance",
    },
    description: |kind| match kind {
        FaultKind::Corrupt => "Changes the byte at offset #.",
        FaultKind::Upper => "Echoes in capital letters.",
        FaultKind::Extra => "Echoes, then adds # bytes of its own.",
        FaultKind::Banner => "Speaks first: # and then echoes.",
        FaultKind::Truncate => "Echoes # bytes, then ends the connection (FIN).",
        FaultKind::Delay => "Waits # ms before it answers.",
        FaultKind::Split => "Echoes # bytes every # ms.",
        FaultKind::Silent => "Reads, and never answers.",
        FaultKind::LateFin => "Answers only after the client's FIN.",
        FaultKind::Reset => "Echoes # bytes, then aborts (RST).",
        FaultKind::Refuse => "Is not there: nothing listens.",
        FaultKind::Chaos => "Several kinds of trouble at once; seed # picks them.",
    },
    parameter: |parameter| match parameter {
        ParameterKind::Bytes => "bytes",
        ParameterKind::Offset => "offset",
        ParameterKind::Size => "bytes at once",
        ParameterKind::Time => "milliseconds",
        ParameterKind::Text => "text, with escapes",
        ParameterKind::Seed => "seed",
    },
    roll: "Roll the dice",
    parse_error: ToString::to_string,
    predict: "Predict: what will the program say?",
    translation: |_| "",
    waits: "nothing: it waits",
    predicted: "Predicted",
    happened: "Happened",
    agrees: |agrees| if agrees { "as predicted" } else { "not as predicted" },
    show: "Show me why",
    why: why_en,
    cuts_character: "The cut is inside a character: TCP carries bytes and knows no characters.",
    mixes: "This seed mixes",
    decides: ". What decided here is",
    line: "The line that decides:",
    in_terminal: "This server in a terminal:",
};

fn why_en(kind: ExplanationKind) -> &'static str {
    match kind {
        ExplanationKind::HangsUpLater => {
            "The server hangs up after # bytes, but the message has only $. The program had all \
             that it reads by then, and looks at nothing after it."
        }
        ExplanationKind::ChangesLater => {
            "Only the byte at offset # is changed, and the message, of $ bytes, ends before it. \
             So the same bytes came back."
        }
        ExplanationKind::NoSmallLetters => {
            "The server turns a to z into capitals, and the message has none of these letters. So \
             the same bytes came back."
        }
        ExplanationKind::Unread => {
            "read_exact reads exactly $ bytes, as many as were sent, and these are right. What the \
             server adds is never read, so the program cannot notice it."
        }
        ExplanationKind::Late => {
            "The server waited # and then echoed. read_exact blocks until the bytes are there: \
             late is not wrong, and the program has no clock."
        }
        ExplanationKind::Joined => {
            "The echo came in pieces of # bytes. A single read would have returned with the first \
             one; read_exact goes on reading until all $ are there."
        }
        ExplanationKind::OnePiece => {
            "The server sends up to # bytes at a time, and the message has only $: it came in one \
             piece."
        }
        ExplanationKind::GreetedAlike => {
            "The server spoke first, and what it said begins like the message. The program took \
             the greeting for the echo, and never read the echo itself."
        }
        ExplanationKind::HeldTooMuch => {
            "The server waits for FIN, but cannot hold back a message this long: it had to begin \
             echoing, and the program got its $ bytes."
        }
        ExplanationKind::NoneSeen => {
            "None of them kept the $ bytes from coming back as they went out."
        }
        ExplanationKind::Changed => {
            "The server changed the byte at offset #. As many bytes came as were sent, so \
             read_exact is content: only the comparison notices."
        }
        ExplanationKind::Capitals => {
            "The server turned a to z into capitals. As many bytes came as were sent, so \
             read_exact is content: only the comparison notices."
        }
        ExplanationKind::Greeted => {
            "The server spoke first, # bytes. read_exact takes the first $ bytes that come, \
             whoever meant them: they begin with the greeting, and the comparison notices."
        }
        ExplanationKind::CutShort => {
            "After % bytes came FIN: nothing will follow. read_exact wants $ and met the end \
             first, which std calls \"failed to fill whole buffer\"."
        }
        ExplanationKind::Reset => {
            "After # bytes the server sent RST. That is no end but an abort: the connection is \
             gone, and the program gets the system's error in place of its $ bytes."
        }
        ExplanationKind::Refused => {
            "Nothing listens on that port, so the system itself answered the SYN with RST. connect \
             fails, and the message was never written."
        }
        ExplanationKind::Silent => {
            "The server's system acknowledged the $ bytes, but no answer comes and the connection \
             stays open. read_exact blocks for as long as that lasts: it has no time limit."
        }
        ExplanationKind::Deadlock => {
            "The server answers once it sees FIN, and the program sends none: write sends bytes, \
             not an end. It goes on to read, so each waits for the other."
        }
        ExplanationKind::TooLate => {
            "The server was still going to answer, but slower than this page waits. The tutorial's \
             client has no time limit and would have got its $ bytes."
        }
        ExplanationKind::StoppedBefore => {
            "It was stopped before the server had done what it does: % of $ bytes had come. Left \
             alone, the run would have gone on."
        }
        ExplanationKind::SomethingElse => {
            "That is not what this server leads to by itself, so something else happened as well. \
             The ending above is the real one; the Timeline shows what led to it."
        }
    }
}

static ZH: LabWords = LabWords {
    real: "它们都是真的：每次连接都单独启动一个服务器。",
    group: |group| match group {
        FaultGroup::ChangesBytes => "改动内容",
        FaultGroup::LosesBytes => "丢失内容",
        FaultGroup::TakesTime => "拖延时间",
        FaultGroup::HangsUp => "断开连接",
        FaultGroup::Combines => "碰运气",
    },
    description: |kind| match kind {
        FaultKind::Corrupt => "改动偏移 # 处的那个字节。",
        FaultKind::Upper => "把字母变成大写再返回。",
        FaultKind::Extra => "原样返回，再多发 # 个字节。",
        FaultKind::Banner => "抢先开口：# 然后才回显。",
        FaultKind::Truncate => "返回 # 个字节，就结束连接（FIN）。",
        FaultKind::Delay => "先等 # 毫秒，再回答。",
        FaultKind::Split => "每次返回 # 个字节，间隔 # 毫秒。",
        FaultKind::Silent => "只收，从不回答。",
        FaultKind::LateFin => "等客户端发来 FIN 才回答。",
        FaultKind::Reset => "返回 # 个字节，就强制断开（RST）。",
        FaultKind::Refuse => "根本不在：没有程序侦听。",
        FaultKind::Chaos => "几种毛病一起犯，由种子 # 决定。",
    },
    parameter: |parameter| match parameter {
        ParameterKind::Bytes => "字节数",
        ParameterKind::Offset => "偏移",
        ParameterKind::Size => "每次的字节数",
        ParameterKind::Time => "毫秒",
        ParameterKind::Text => "文字，可用转义",
        ParameterKind::Seed => "种子",
    },
    roll: "掷骰子",
    parse_error: |error| format!("第 {} 个字符：{}", error.character, parse_error_zh(error.kind)),
    predict: "预测：程序会说什么？",
    translation: |outcome| match outcome {
        Outcome::Ok => "回复正确",
        Outcome::Unexpected => "内容不同",
        Outcome::NotReceived => "没收够",
        Outcome::NotConnected => "没连上",
        Outcome::Waits => "",
    },
    waits: "什么也不说：一直等",
    predicted: "预测",
    happened: "结果",
    agrees: |agrees| if agrees { "与预测相同" } else { "与预测不同" },
    show: "看看原因",
    why: why_zh,
    cuts_character: "断点落在一个字符中间：TCP 只管字节，不认识字符。",
    mixes: "这个种子混合了",
    decides: "。这一次起决定作用的是",
    line: "关键的一行：",
    in_terminal: "在终端里启动这个服务器：",
};

fn why_zh(kind: ExplanationKind) -> &'static str {
    match kind {
        ExplanationKind::HangsUpLater => {
            "服务器要返回 # 个字节之后才断开，而消息只有 $ 个字节。那时程序已经读够，后来的事它不再过问。"
        }
        ExplanationKind::ChangesLater => {
            "服务器只改动偏移 # 处的字节，而消息只有 $ 个字节，够不着那里。所以收回的内容与发出的相同。"
        }
        ExplanationKind::NoSmallLetters => {
            "服务器把 a 到 z 变成大写，而消息里没有这些字母。所以收回的内容与发出的相同。"
        }
        ExplanationKind::Unread => {
            "read_exact 正好读取 $ 个字节，与发出的一样多，而这些字节都对。服务器多发的内容没有人读，程序也就无从察觉。"
        }
        ExplanationKind::Late => {
            "服务器等了 # 才返回。read_exact 会一直等到字节到齐：晚到不算错，程序也不看时间。"
        }
        ExplanationKind::Joined => {
            "回显是分几次来的，每次 # 个字节。只调用一次 read，读到第一段就会返回；read_exact 会接着读，直到 $ 个字节到齐。"
        }
        ExplanationKind::OnePiece => {
            "服务器每次最多发 # 个字节，而消息只有 $ 个字节：一次就发完了。"
        }
        ExplanationKind::GreetedAlike => {
            "服务器抢先说的话，开头恰好与消息相同。程序把问候当成了回显，真正的回显它根本没有读。"
        }
        ExplanationKind::HeldTooMuch => {
            "服务器本来要等 FIN，但这么长的消息它存不下，只好先开始返回，程序于是收到了 $ 个字节。"
        }
        ExplanationKind::NoneSeen => "它们都没能妨碍这 $ 个字节原样返回。",
        ExplanationKind::Changed => {
            "服务器改动了偏移 # 处的字节。字节数没有变，所以 read_exact 很满意：只有比较内容才能发现。"
        }
        ExplanationKind::Capitals => {
            "服务器把 a 到 z 变成了大写。字节数没有变，所以 read_exact 很满意：只有比较内容才能发现。"
        }
        ExplanationKind::Greeted => {
            "服务器抢先说了 # 个字节。read_exact 只取最先到的 $ 个字节，不管是说什么的：开头成了问候，一比较就不同。"
        }
        ExplanationKind::CutShort => {
            "收到 % 个字节之后来了 FIN：不会再有了。read_exact 要 $ 个字节，却先遇到了结尾，std 把这叫作 \"failed to fill whole buffer\"。"
        }
        ExplanationKind::Reset => {
            "返回 # 个字节之后，服务器发来 RST。这不是正常结束，而是中止：连接没有了，程序等不到 $ 个字节，只得到系统的错误。"
        }
        ExplanationKind::Refused => {
            "那个端口上没有程序侦听，于是系统自己用 RST 回答了 SYN。connect 失败，消息根本没有发出。"
        }
        ExplanationKind::Silent => {
            "对方的系统确认收到了 $ 个字节，却没有回答，连接也一直开着。read_exact 没有时限，只能一直等下去。"
        }
        ExplanationKind::Deadlock => {
            "服务器要看到 FIN 才回答，而程序没有发 FIN：write 只发字节，不表示结束。接着程序就去读了，于是双方互相等待。"
        }
        ExplanationKind::TooLate => {
            "服务器还会回答，只是比本页愿意等的时间更久。教程里的客户端没有时限，最终会收到 $ 个字节。"
        }
        ExplanationKind::StoppedBefore => {
            "服务器还没做完，就被你停止了：$ 个字节中到了 % 个。不去管它的话，还会继续下去。"
        }
        ExplanationKind::SomethingElse => {
            "单凭这个服务器不会有这样的结果，一定还发生了别的事。上面的结果是真实的；经过请看时间线。"
        }
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
        ParseFaultErrorKind::Escape(kind) => escape_zh(kind),
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

    #[test]
    fn every_description_has_a_place_for_each_parameter() {
        for lang in [Lang::En, Lang::Zh] {
            for kind in FaultKind::ALL {
                let marks = (words(lang).description)(*kind).matches('#').count();
                assert_eq!(marks, kind.spec().parameters.len(), "{lang:?} {kind:?}");
            }
        }
    }
}
