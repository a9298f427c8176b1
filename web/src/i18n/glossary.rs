//! The explanations of terms.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::topic::Topic;

/// A term, and what it means.
type Entry = (&'static str, &'static str);

/// Returns the terms of a topic, each with what it means.
pub fn entries(lang: Lang, topic: Topic) -> Vec<Entry> {
    match topic {
        Topic::Endings => vec![fin(lang), rst(lang), disconnect(lang)],
        Topic::Follow => vec![follow(lang)],
        Topic::Percentiles => vec![p50(lang), p95(lang)],
        Topic::Bridge | Topic::MissingBridge => vec![bridge(lang)],
        Topic::Lab => vec![read_exact(lang), fin(lang), rst(lang), offset(lang), seed(lang)],
    }
}

/// Returns the label of the button that closes the explanation.
pub fn close(lang: Lang) -> &'static str {
    match lang {
        En => "Close",
        Zh => "关闭",
    }
}

fn fin(lang: Lang) -> Entry {
    match lang {
        En => (
            "FIN",
            "“I have sent everything.” The other side may go on sending; the connection is over \
             once both have said so.",
        ),
        Zh => ("FIN", "“我发完了。”对方还可以继续发；双方都说过之后，连接才结束。"),
    }
}

fn rst(lang: Lang) -> Entry {
    match lang {
        En => (
            "RST",
            "“This connection is no more.” Both sides stop at once, and what is still on its way \
             may be lost.",
        ),
        Zh => ("RST", "“这条连接作废。”双方立刻停止，还在路上的字节可能丢失。"),
    }
}

fn disconnect(lang: Lang) -> Entry {
    match lang {
        En => (
            "Disconnect",
            "Closes it as a program does that ends: what was sent still arrives, FIN follows, and \
             nothing more is read.",
        ),
        Zh => ("断开", "像程序退出那样关闭：已发出的仍会送到，随后发出 FIN，之后不再读取。"),
    }
}

fn follow(lang: Lang) -> Entry {
    match lang {
        En => (
            "Follow",
            "Shows the bytes of both sides in the order in which they passed, as Wireshark's \
             “Follow TCP Stream” does. Without it, each byte stands above the one it is compared \
             with.",
        ),
        Zh => (
            "按时间交错",
            "按经过的先后显示双方的字节，如同 Wireshark 的“追踪 TCP 流”。关闭时，每个字节与它所对照的\
             字节上下相对。",
        ),
    }
}

fn p50(lang: Lang) -> Entry {
    match lang {
        En => ("p50", "The median: half of the exchanges took this long at most."),
        Zh => ("p50", "中位数：一半的收发用时不超过它。"),
    }
}

fn p95(lang: Lang) -> Entry {
    match lang {
        En => ("p95, p99", "95 and 99 of 100 exchanges took this long at most."),
        Zh => ("p95、p99", "100 次收发中，有 95 次、99 次用时不超过它。"),
    }
}

fn bridge(lang: Lang) -> Entry {
    match lang {
        En => (
            "bridge",
            "A small program. Web pages may not open TCP connections, so this one asks the bridge \
             over a WebSocket, and the bridge opens them.",
        ),
        Zh => (
            "桥接程序",
            "一个小程序。网页不能自己建立 TCP 连接，所以本页通过 WebSocket 请它代为建立。",
        ),
    }
}

fn read_exact(lang: Lang) -> Entry {
    match lang {
        En => (
            "read_exact",
            "Reads until it has as many bytes as were asked for, however many pieces they come in. \
             If the end comes first, it fails.",
        ),
        Zh => ("read_exact", "一直读到所要的字节数，不管分几次到；如果先遇到结尾，就失败。"),
    }
}

fn offset(lang: Lang) -> Entry {
    match lang {
        En => ("offset", "A place in the message, counted from 0."),
        Zh => ("偏移", "在消息中的位置，从 0 数起。"),
    }
}

fn seed(lang: Lang) -> Entry {
    match lang {
        En => {
            ("seed", "A number from which chance follows: the same seed does the same each time.")
        }
        Zh => ("种子", "决定随机结果的数：同一个种子，每次结果相同。"),
    }
}
