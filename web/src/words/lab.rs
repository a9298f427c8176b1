//! The lab: servers that misbehave, what is predicted of them, and why it came so.
//!
//! A sentence about a server has a `#` for each blank to be filled in. In one that explains, `#` is
//! the number in the fault, `$` how many bytes were sent, and `%` how many came back.

use echo_core::fault::{Expected, MAX_GREETING, MAX_TIME, Mistake, MistakeKind};

use super::composer::mistake_zh as escape_zh;
use crate::model::lab::card::{Blank, Group, MANY};
use crate::model::lab::ending::Ending;
use crate::model::lab::reason::Reason;
use crate::model::lang::Lang;

/// The texts of the lab in one language.
pub struct LabWords {
    /// What all of them are.
    pub real: &'static str,
    /// What servers do, by and large.
    pub group: fn(Group) -> &'static str,
    /// What each server does, in the order of the cards.
    pub does: [&'static str; MANY],
    /// What is to be filled in.
    pub blank: fn(Blank) -> &'static str,
    /// The button that fills in by chance.
    pub roll: &'static str,
    /// What is wrong with a fault that was typed.
    pub mistake: fn(&Mistake) -> String,
    /// The question.
    pub predict: &'static str,
    /// What an ending means, where its English needs it.
    pub gloss: fn(Ending) -> &'static str,
    /// The program says nothing.
    pub waits: &'static str,
    /// What was predicted.
    pub predicted: &'static str,
    /// What happened.
    pub happened: &'static str,
    /// Whether both are the same.
    pub agrees: fn(bool) -> &'static str,
    /// The button that shows why.
    pub show: &'static str,
    /// Why.
    pub why: fn(Reason) -> &'static str,
    /// What came ends inside a character.
    pub cuts_character: &'static str,
    /// The seed stands for these servers at once.
    pub mixes: &'static str,
    /// This one of them decided.
    pub decides: &'static str,
    /// What leads over to the line that decides.
    pub line: &'static str,
    /// What leads over to the command that starts the same server.
    pub in_terminal: &'static str,
}

/// A text with the values in place of its marks.
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

/// The texts of the lab in a language.
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
        Group::Changes => "Changes bytes",
        Group::Loses => "Loses bytes",
        Group::Slow => "Takes its time",
        Group::Hangs => "Hangs up",
        Group::Mixes => "By chance",
    },
    does: [
        "Changes the byte at offset #.",
        "Echoes in capital letters.",
        "Echoes, then adds # bytes of its own.",
        "Speaks first: # and then echoes.",
        "Echoes # bytes, then ends the connection (FIN).",
        "Waits # ms before it answers.",
        "Echoes # bytes every # ms.",
        "Reads, and never answers.",
        "Answers only after the client's FIN.",
        "Echoes # bytes, then aborts (RST).",
        "Is not there: nothing listens.",
        "Several kinds of trouble at once; seed # picks them.",
    ],
    blank: |blank| match blank {
        Blank::Bytes => "bytes",
        Blank::Offset => "offset",
        Blank::Piece => "bytes at once",
        Blank::Millis => "milliseconds",
        Blank::Text => "text, with escapes",
        Blank::Seed => "seed",
    },
    roll: "Roll the dice",
    mistake: ToString::to_string,
    predict: "Predict: what will the program say?",
    gloss: |_| "",
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

fn why_en(reason: Reason) -> &'static str {
    match reason {
        Reason::HangsUpLater => {
            "The server hangs up after # bytes, but the message has only $. The program had all \
             that it reads by then, and looks at nothing after it."
        }
        Reason::ChangesLater => {
            "Only the byte at offset # is changed, and the message, of $ bytes, ends before it. \
             So the same bytes came back."
        }
        Reason::NoSmallLetters => {
            "The server turns a to z into capitals, and the message has none of these letters. So \
             the same bytes came back."
        }
        Reason::Unread => {
            "read_exact reads exactly $ bytes, as many as were sent, and these are right. What the \
             server adds is never read, so the program cannot notice it."
        }
        Reason::Late => {
            "The server waited # and then echoed. read_exact blocks until the bytes are there: \
             late is not wrong, and the program has no clock."
        }
        Reason::Joined => {
            "The echo came in pieces of # bytes. A single read would have returned with the first \
             one; read_exact goes on reading until all $ are there."
        }
        Reason::OnePiece => {
            "The server sends up to # bytes at a time, and the message has only $: it came in one \
             piece."
        }
        Reason::GreetedAlike => {
            "The server spoke first, and what it said begins like the message. The program took \
             the greeting for the echo, and never read the echo itself."
        }
        Reason::HeldTooMuch => {
            "The server waits for FIN, but cannot hold back a message this long: it had to begin \
             echoing, and the program got its $ bytes."
        }
        Reason::NoneSeen => "None of them kept the $ bytes from coming back as they went out.",
        Reason::Changed => {
            "The server changed the byte at offset #. As many bytes came as were sent, so \
             read_exact is content: only the comparison notices."
        }
        Reason::Capitals => {
            "The server turned a to z into capitals. As many bytes came as were sent, so \
             read_exact is content: only the comparison notices."
        }
        Reason::Greeted => {
            "The server spoke first, # bytes. read_exact takes the first $ bytes that come, \
             whoever meant them: they begin with the greeting, and the comparison notices."
        }
        Reason::CutShort => {
            "After % bytes came FIN: nothing will follow. read_exact wants $ and met the end \
             first, which std calls \"failed to fill whole buffer\"."
        }
        Reason::Reset => {
            "After # bytes the server sent RST. That is no end but an abort: the connection is \
             gone, and the program gets the system's error in place of its $ bytes."
        }
        Reason::Refused => {
            "Nothing listens on that port, so the system itself answered the SYN with RST. connect \
             fails, and the message was never written."
        }
        Reason::Silent => {
            "The server's system acknowledged the $ bytes, but no answer comes and the connection \
             stays open. read_exact blocks for as long as that lasts: it has no time limit."
        }
        Reason::Deadlock => {
            "The server answers once it sees FIN, and the program sends none: write sends bytes, \
             not an end. It goes on to read, so each waits for the other."
        }
        Reason::TooLate => {
            "The server was still going to answer, but slower than this page waits. The tutorial's \
             client has no time limit and would have got its $ bytes."
        }
        Reason::StoppedBefore => {
            "It was stopped before the server had done what it does: % of $ bytes had come. Left \
             alone, the run would have gone on."
        }
        Reason::SomethingElse => {
            "That is not what this server leads to by itself, so something else happened as well. \
             The ending above is the real one; the Timeline shows what led to it."
        }
    }
}

static ZH: LabWords = LabWords {
    real: "它们都是真的：每次连接都单独启动一个服务器。",
    group: |group| match group {
        Group::Changes => "改动内容",
        Group::Loses => "丢失内容",
        Group::Slow => "拖延时间",
        Group::Hangs => "断开连接",
        Group::Mixes => "碰运气",
    },
    does: [
        "改动偏移 # 处的那个字节。",
        "把字母变成大写再返回。",
        "原样返回，再多发 # 个字节。",
        "抢先开口：# 然后才回显。",
        "返回 # 个字节，就结束连接（FIN）。",
        "先等 # 毫秒，再回答。",
        "每次返回 # 个字节，间隔 # 毫秒。",
        "只收，从不回答。",
        "等客户端发来 FIN 才回答。",
        "返回 # 个字节，就强制断开（RST）。",
        "根本不在：没有程序侦听。",
        "几种毛病一起犯，由种子 # 决定。",
    ],
    blank: |blank| match blank {
        Blank::Bytes => "字节数",
        Blank::Offset => "偏移",
        Blank::Piece => "每次的字节数",
        Blank::Millis => "毫秒",
        Blank::Text => "文字，可用转义",
        Blank::Seed => "种子",
    },
    roll: "掷骰子",
    mistake: |mistake| format!("第 {} 个字符：{}", mistake.character, mistake_zh(mistake.kind)),
    predict: "预测：程序会说什么？",
    gloss: |ending| match ending {
        Ending::Ok => "回复正确",
        Ending::Unexpected => "内容不同",
        Ending::NotReceived => "没收够",
        Ending::NotConnected => "没连上",
        Ending::Waits => "",
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

fn why_zh(reason: Reason) -> &'static str {
    match reason {
        Reason::HangsUpLater => {
            "服务器要返回 # 个字节之后才断开，而消息只有 $ 个字节。那时程序已经读够，后来的事它不再过问。"
        }
        Reason::ChangesLater => {
            "服务器只改动偏移 # 处的字节，而消息只有 $ 个字节，够不着那里。所以收回的内容与发出的相同。"
        }
        Reason::NoSmallLetters => {
            "服务器把 a 到 z 变成大写，而消息里没有这些字母。所以收回的内容与发出的相同。"
        }
        Reason::Unread => {
            "read_exact 正好读取 $ 个字节，与发出的一样多，而这些字节都对。服务器多发的内容没有人读，程序也就无从察觉。"
        }
        Reason::Late => {
            "服务器等了 # 才返回。read_exact 会一直等到字节到齐：晚到不算错，程序也不看时间。"
        }
        Reason::Joined => {
            "回显是分几次来的，每次 # 个字节。只调用一次 read，读到第一段就会返回；read_exact 会接着读，直到 $ 个字节到齐。"
        }
        Reason::OnePiece => "服务器每次最多发 # 个字节，而消息只有 $ 个字节：一次就发完了。",
        Reason::GreetedAlike => {
            "服务器抢先说的话，开头恰好与消息相同。程序把问候当成了回显，真正的回显它根本没有读。"
        }
        Reason::HeldTooMuch => {
            "服务器本来要等 FIN，但这么长的消息它存不下，只好先开始返回，程序于是收到了 $ 个字节。"
        }
        Reason::NoneSeen => "它们都没能妨碍这 $ 个字节原样返回。",
        Reason::Changed => {
            "服务器改动了偏移 # 处的字节。字节数没有变，所以 read_exact 很满意：只有比较内容才能发现。"
        }
        Reason::Capitals => {
            "服务器把 a 到 z 变成了大写。字节数没有变，所以 read_exact 很满意：只有比较内容才能发现。"
        }
        Reason::Greeted => {
            "服务器抢先说了 # 个字节。read_exact 只取最先到的 $ 个字节，不管是说什么的：开头成了问候，一比较就不同。"
        }
        Reason::CutShort => {
            "收到 % 个字节之后来了 FIN：不会再有了。read_exact 要 $ 个字节，却先遇到了结尾，std 把这叫作 \"failed to fill whole buffer\"。"
        }
        Reason::Reset => {
            "返回 # 个字节之后，服务器发来 RST。这不是正常结束，而是中止：连接没有了，程序等不到 $ 个字节，只得到系统的错误。"
        }
        Reason::Refused => {
            "那个端口上没有程序侦听，于是系统自己用 RST 回答了 SYN。connect 失败，消息根本没有发出。"
        }
        Reason::Silent => {
            "对方的系统确认收到了 $ 个字节，却没有回答，连接也一直开着。read_exact 没有时限，只能一直等下去。"
        }
        Reason::Deadlock => {
            "服务器要看到 FIN 才回答，而程序没有发 FIN：write 只发字节，不表示结束。接着程序就去读了，于是双方互相等待。"
        }
        Reason::TooLate => {
            "服务器还会回答，只是比本页愿意等的时间更久。教程里的客户端没有时限，最终会收到 $ 个字节。"
        }
        Reason::StoppedBefore => {
            "服务器还没做完，就被你停止了：$ 个字节中到了 % 个。不去管它的话，还会继续下去。"
        }
        Reason::SomethingElse => {
            "单凭这个服务器不会有这样的结果，一定还发生了别的事。上面的结果是真实的；经过请看时间线。"
        }
    }
}

fn mistake_zh(kind: MistakeKind) -> String {
    match kind {
        MistakeKind::UnknownName => {
            format!("没有这样的服务器；可用的有 {}。", echo_core::fault::FORMS.join("、"))
        }
        MistakeKind::Missing(expected) => format!("这里缺少{}。", expected_zh(expected)),
        MistakeKind::NotA(expected) => format!("这里应当是{}。", expected_zh(expected)),
        MistakeKind::Surplus => "从这里起是多余的。".into(),
        MistakeKind::Escape(kind) => escape_zh(kind),
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
