//! The ready-made rules do what their names say.

use super::*;

fn ready_made(set: ReadyMade) -> Responder {
    let rules = set.rules();
    assert!(rules.rules().iter().all(|rule| rule.mistakes().is_empty()), "{set:?}");
    let mut responder = Responder::new(&answer(rules.rules().to_vec()), PEER);
    assert_eq!(responder.handle(Input::Room(usize::MAX)), []);
    responder
}

#[test]
fn a_web_page_is_a_whole_response_of_http_and_then_fin() {
    let mut responder = ready_made(ReadyMade::WebPage);
    assert_eq!(responder.handle(Input::Established), []);
    let half = receive(&mut responder, b"GET / HTTP/1.1\r\nHost: localhost:9000\r\n");
    assert_eq!(without_consumed(half), [], "the head of the request has not ended");
    let actions = receive(&mut responder, b"\r\n");
    assert_eq!(actions.last(), Some(&Action::Finish));
    let response = String::from_utf8(sent(&actions)).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let mut head = head.split("\r\n");
    assert_eq!(head.next(), Some("HTTP/1.1 200 OK"));
    let headers: Vec<_> = head.collect();
    let length = format!("Content-Length: {}", body.len());
    for header in [&*length, "Connection: close", "Content-Type: text/html; charset=utf-8"] {
        assert!(headers.contains(&header), "{header} in {headers:?}");
    }
    assert!(body.starts_with("<!doctype html>\r\n") && body.ends_with("</html>\r\n"), "{body}");
}

#[test]
fn redis_ping_is_answered_as_redis_answers_it() {
    for request in ["PING\r\n", "*1\r\n$4\r\nPING\r\n"] {
        let mut responder = ready_made(ReadyMade::RedisPing);
        for _ in 0..2 {
            assert_eq!(sent(&receive(&mut responder, request.as_bytes())), b"+PONG\r\n");
        }
        assert!(!responder.is_over());
    }
    // What redis-cli sends when it is started without a command.
    let mut responder = ready_made(ReadyMade::RedisPing);
    let docs = b"*2\r\n$7\r\nCOMMAND\r\n$4\r\nDOCS\r\n";
    assert_eq!(sent(&receive(&mut responder, docs)), b"*0\r\n");
    assert_eq!(sent(&receive(&mut responder, b"*1\r\n$4\r\nINFO\r\n"))[..5], *b"-ERR ");
}

#[test]
fn a_greeting_comes_with_the_connection_and_lines_are_counted() {
    let mut responder = ready_made(ReadyMade::Greeting);
    let greeting = responder.handle(Input::Established);
    assert_eq!(sent(&greeting), format!("Hello, {PEER}! Type something.\n").as_bytes());
    let reply = sent(&receive(&mut responder, b"Hi!\n"));
    assert_eq!(reply, b"Hi!: 4 bytes, thank you.\n");
}
