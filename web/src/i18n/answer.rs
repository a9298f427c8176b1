//! The texts of how the page answers as a server: its rules, and its faults.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::server::answer::editor::{MoveRule, RulesNote};
use page_model::server::answer::{
    MAX_DELAY_MS, MAX_INPUTS, MAX_RULES, MAX_TYPED, NotAsAServer, Placeholder, ReadyMade,
    RuleMistake, RuleMistakeKind, Then, When,
};

use super::composer::mistake;
use super::format::{limit, thousands};

/// Returns the name of the list of rules.
pub fn rules(lang: Lang) -> &'static str {
    match lang {
        En => "Rules",
        Zh => "规则",
    }
}

/// Returns the text that says how the rules are followed.
pub fn first_match_answers(lang: Lang) -> &'static str {
    match lang {
        En => "The first rule that matches answers.",
        Zh => "从上到下，第一条符合的规则作答。",
    }
}

/// Returns the text that stands in the place of rules.
pub fn no_rules(lang: Lang) -> &'static str {
    match lang {
        En => "No rules: the page reads, and answers nothing.",
        Zh => "没有规则：本页只收，不回答。",
    }
}

/// Returns the name of the ready-made rules.
pub fn ready_made_rules(lang: Lang) -> &'static str {
    match lang {
        En => "Ready-made rules",
        Zh => "现成的规则",
    }
}

/// Returns the name of a set of ready-made rules.
pub fn ready_made(lang: Lang, set: ReadyMade) -> &'static str {
    match (lang, set) {
        (En, ReadyMade::WebPage) => "A web page",
        (_, ReadyMade::RedisPing) => "Redis PING",
        (En, ReadyMade::Greeting) => "A greeting",
        (Zh, ReadyMade::WebPage) => "网页",
        (Zh, ReadyMade::Greeting) => "问候",
    }
}

/// Returns when a rule matches, as the beginning of a sentence.
pub fn when(lang: Lang, when: When) -> &'static str {
    match (lang, when) {
        (En, When::Connects) => "When somebody connects",
        (En, When::Contains) => "If the input contains",
        (En, When::StartsWith) => "If the input starts with",
        (En, When::Is) => "If the input is exactly",
        (En, When::Anything) => "If anything comes",
        (Zh, When::Connects) => "有人连上时",
        (Zh, When::Contains) => "如果收到的内容包含",
        (Zh, When::StartsWith) => "如果收到的内容开头是",
        (Zh, When::Is) => "如果收到的内容正好是",
        (Zh, When::Anything) => "不论收到什么",
    }
}

/// Returns what follows a reply.
pub fn then(lang: Lang, then: Then) -> &'static str {
    match (lang, then) {
        (En, Then::KeepOpen) => "keep open",
        (En, Then::Fin) => "FIN",
        (En, Then::Reset) => "RST",
        (Zh, Then::KeepOpen) => "保持连接",
        (Zh, Then::Fin) => "发完了（FIN）",
        (Zh, Then::Reset) => "强制断开（RST）",
    }
}

/// Returns what follows a reply that ends the connection, behind the reply of a rule that is folded.
pub fn then_ends(lang: Lang, then: Then) -> &'static str {
    match (lang, then) {
        (_, Then::KeepOpen) => "",
        (En, Then::Fin) => "then FIN",
        (En, Then::Reset) => "then RST",
        (Zh, Then::Fin) => "然后 FIN",
        (Zh, Then::Reset) => "然后 RST",
    }
}

/// Returns how long a reply is waited with, behind the reply of a rule that is folded.
pub fn after(lang: Lang, millis: u32) -> String {
    let millis = thousands(millis.into());
    match lang {
        En => format!("after {millis} ms"),
        Zh => format!("{millis} 毫秒后"),
    }
}

/// Returns what stands for a reply of no bytes.
pub fn no_reply(lang: Lang) -> &'static str {
    match lang {
        En => "nothing",
        Zh => "什么也不发",
    }
}

/// Returns how often a rule matched, in full.
pub fn matched(lang: Lang, count: u32) -> String {
    let number = thousands(count.into());
    match lang {
        En if count == 1 => "matched once".into(),
        En => format!("matched {number} times"),
        Zh => format!("符合了 {number} 次"),
    }
}

/// Returns the text that says that there is a mistake in a rule, which therefore matches nothing.
pub fn has_mistake(lang: Lang) -> &'static str {
    match lang {
        En => "has a mistake, so it matches nothing",
        Zh => "有错误，不会生效",
    }
}

/// Returns the label of the choice when a rule matches.
pub fn condition(lang: Lang) -> &'static str {
    match lang {
        En => "Condition",
        Zh => "条件",
    }
}

/// Returns the label of a pattern.
pub fn pattern(lang: Lang) -> &'static str {
    match lang {
        En => "Pattern",
        Zh => "要找的内容",
    }
}

/// Returns the label of a reply.
pub fn reply(lang: Lang) -> &'static str {
    match lang {
        En => "Reply",
        Zh => "回复",
    }
}

/// Returns the label of the notation of a pattern.
pub fn pattern_notation(lang: Lang) -> &'static str {
    match lang {
        En => "Pattern written as",
        Zh => "要找的内容的写法",
    }
}

/// Returns the label of the notation of a reply.
pub fn reply_notation(lang: Lang) -> &'static str {
    match lang {
        En => "Reply written as",
        Zh => "回复的写法",
    }
}

/// Returns the label of the delay before a reply.
pub fn delay(lang: Lang) -> &'static str {
    match lang {
        En => "After (ms)",
        Zh => "等待（毫秒）",
    }
}

/// Returns the label of what follows a reply.
pub fn then_label(lang: Lang) -> &'static str {
    match lang {
        En => "Then",
        Zh => "然后",
    }
}

/// Returns the text that says what placeholders stand for.
pub fn placeholders(lang: Lang) -> &'static str {
    match lang {
        En => {
            "{input} what came, {line} its first line, {bytes} how many bytes, {peer} who connected; \
             {{ for a brace"
        }
        Zh => "{input} 收到的内容，{line} 第一行，{bytes} 字节数，{peer} 对方地址；花括号写作 {{",
    }
}

/// Returns the label of the button that adds a rule, or the text that says that there is no room.
pub fn add(lang: Lang, has_room: bool) -> String {
    match (lang, has_room) {
        (En, true) => "Add a rule".into(),
        (Zh, true) => "添加规则".into(),
        (En, false) => format!("{MAX_RULES} rules at most"),
        (Zh, false) => format!("最多 {MAX_RULES} 条规则"),
    }
}

/// Returns the label of the button that removes a rule.
pub fn remove(lang: Lang) -> &'static str {
    match lang {
        En => "Remove",
        Zh => "删除",
    }
}

/// Returns the full name of the button that removes the rule with this number.
pub fn remove_rule(lang: Lang, number: usize) -> String {
    match lang {
        En => format!("Remove rule {number}"),
        Zh => format!("删除第 {number} 条规则"),
    }
}

/// Returns the name of the button that moves the rule with this number.
pub fn move_rule(lang: Lang, number: usize, to: MoveRule) -> String {
    match (lang, to) {
        (En, MoveRule::Up) => format!("Move rule {number} up"),
        (En, MoveRule::Down) => format!("Move rule {number} down"),
        (Zh, MoveRule::Up) => format!("上移第 {number} 条规则"),
        (Zh, MoveRule::Down) => format!("下移第 {number} 条规则"),
    }
}

/// Returns the name of the fields of the rule with this number.
pub fn rule(lang: Lang, number: usize) -> String {
    match lang {
        En => format!("Rule {number}"),
        Zh => format!("第 {number} 条规则"),
    }
}

/// Returns what is told of the last change.
pub fn note(lang: Lang, note: RulesNote) -> String {
    match (lang, note) {
        (En, RulesNote::Moved(number)) => format!("It is rule {number} now."),
        (En, RulesNote::Removed(number)) => format!("Rule {number} was removed."),
        (En, RulesNote::Replaced) => "The rules were replaced.".into(),
        (En, RulesNote::Restored) => "The rules are back.".into(),
        (En, RulesNote::Unreadable) => "The rules that were given cannot be read.".into(),
        (Zh, RulesNote::Unreadable) => "给出的规则无法读取。".into(),
        (Zh, RulesNote::Moved(number)) => format!("现在是第 {number} 条规则。"),
        (Zh, RulesNote::Removed(number)) => format!("已删除第 {number} 条规则。"),
        (Zh, RulesNote::Replaced) => "规则已替换。".into(),
        (Zh, RulesNote::Restored) => "规则已恢复。".into(),
    }
}

/// Returns the label of the button that takes the last change back.
pub fn undo(lang: Lang) -> &'static str {
    match lang {
        En => "Undo",
        Zh => "撤销",
    }
}

/// Returns the text that says what is wrong in a rule.
pub fn rule_mistake(lang: Lang, it: &RuleMistake) -> String {
    match (lang, &it.kind) {
        (_, RuleMistakeKind::Notation(inner)) => mistake(lang, inner),
        (En, RuleMistakeKind::Empty) => "Say what to look for: at least one byte.".into(),
        (Zh, RuleMistakeKind::Empty) => "请填写要找的内容，至少一个字节。".into(),
        (En, RuleMistakeKind::TooLong) => {
            format!("This is longer than {}.", limit(MAX_TYPED as u64))
        }
        (Zh, RuleMistakeKind::TooLong) => format!("超过了 {}。", limit(MAX_TYPED as u64)),
        (En, RuleMistakeKind::UnknownPlaceholder) => {
            format!("No placeholder begins here. Known are {}; {{{{ writes a brace.", known(", "))
        }
        (Zh, RuleMistakeKind::UnknownPlaceholder) => {
            format!("这里不是占位符。可用的有 {}；花括号写作 {{{{。", known("、"))
        }
        (En, RuleMistakeKind::TooManyInputs) => format!(
            "{{input}} and {{line}} can stand here {MAX_INPUTS} times: the reply could be too long."
        ),
        (Zh, RuleMistakeKind::TooManyInputs) => {
            format!("{{input}} 和 {{line}} 最多共 {MAX_INPUTS} 次，否则回复可能太长。")
        }
        (En, RuleMistakeKind::NoDelay) => {
            format!("A number of milliseconds, at most {}.", thousands(MAX_DELAY_MS.into()))
        }
        (Zh, RuleMistakeKind::NoDelay) => {
            format!("毫秒数，不超过 {}。", thousands(MAX_DELAY_MS.into()))
        }
    }
}

fn known(separator: &str) -> String {
    Placeholder::ALL.map(Placeholder::text).join(separator)
}

/// Returns the label of the choice of a fault.
pub fn fault(lang: Lang) -> &'static str {
    match lang {
        En => "As a server that",
        Zh => "本页装作",
    }
}

/// Returns the text that says why some faults of the lab are not among those that the page can have.
pub fn left_out(lang: Lang, reason: NotAsAServer) -> &'static str {
    match (lang, reason) {
        (En, NotAsAServer::DoesNotListen) => {
            "“Refuses” is left out: nothing would listen. Stop listening instead."
        }
        (Zh, NotAsAServer::DoesNotListen) => "这里没有「拒绝连接」：那就是不侦听，停止侦听即可。",
        (En, NotAsAServer::IsOverTls) => {
            "The faults of TLS are left out: as a server, this page speaks plain TCP."
        }
        (Zh, NotAsAServer::IsOverTls) => "这里没有 TLS 的错误：本页当服务器时只说普通 TCP。",
    }
}
