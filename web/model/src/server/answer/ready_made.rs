//! Sets of rules to begin with.

use echo_core::payload::{self, LineEnding, Notation};

use super::rule::{Rule, Then, When};
use super::rule_set::RuleSet;
use super::typed::TypedBytes;

/// A set of rules to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadyMade {
    /// A server of HTTP with one page.
    WebPage,
    /// As much of Redis as `PING` needs.
    RedisPing,
    /// A greeting for whoever connects.
    Greeting,
}

/// The page that a browser shows, without the ending of its last line. It names an icon, since
/// browsers ask for one otherwise.
const HTML: &str = "<!doctype html>\n\
    <html lang=\"en\">\n\
    <meta charset=\"utf-8\">\n\
    <title>Served by a page</title>\n\
    <link rel=\"icon\" href=\"data:,\">\n\
    <h1>Hello!</h1>\n\
    <p>This page was served by another page.</p>\n\
    </html>";

impl ReadyMade {
    /// Every set, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::WebPage, Self::RedisPing, Self::Greeting];

    /// Returns the rules.
    #[must_use]
    pub fn rules(self) -> RuleSet {
        let rules = match self {
            Self::WebPage => vec![web_page()],
            Self::RedisPing => vec![
                rule(When::Contains, r"PING\r\n", r"+PONG\r\n", Then::KeepOpen),
                rule(When::Contains, r"COMMAND\r\n", r"*0\r\n", Then::KeepOpen),
                rule(When::Contains, r"\n", r"-ERR this page knows PING alone\r\n", Then::KeepOpen),
            ],
            Self::Greeting => vec![
                rule(When::Connects, "", r"Hello, {peer}! Type something.\n", Then::KeepOpen),
                rule(When::Contains, r"\n", r"{line}: {bytes} bytes, thank you.\n", Then::KeepOpen),
            ],
        };
        RuleSet::new(rules).unwrap_or_default()
    }
}

fn rule(when: When, pattern: &str, reply: impl Into<String>, then: Then) -> Rule {
    let (pattern, reply) = (TypedBytes::new(pattern), TypedBytes::new(reply));
    Rule { when, pattern, reply, then, ..Rule::default() }
}

/// Its text is typed as it is seen, and every line of it ends in CRLF.
fn web_page() -> Rule {
    let (notation, ending) = (Notation::Text, LineEnding::CrLf);
    let length = payload::text_length(HTML, ending);
    let text = format!(
        "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n\
         Content-Length: {length}\nConnection: close\n\n{HTML}"
    );
    // The empty line that ends the head of a request.
    let rule = rule(When::Contains, r"\r\n\r\n", "", Then::Fin);
    Rule { reply: TypedBytes { text, notation }, ending, ..rule }
}
