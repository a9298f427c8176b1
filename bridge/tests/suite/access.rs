//! Who comes in: the token, the cookie that stands for it, and how much one client may take.

use std::io::Read as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use bridge::config::Command;
use echo_core::wire::{INFO_PATH, INVITATION_PATH, Info, Kind, SUBPROTOCOL, Stage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;

use crate::harness::client::Client;
use crate::harness::process::{self, BRIDGE, Process};
use crate::harness::{Bridge, soon, status};

/// A token of the tests' own.
const TOKEN: &str = "7k3m-q9xw-2hdv-p4tn";
const BEARER: &str = "Authorization: Bearer 7k3m-q9xw-2hdv-p4tn\r\n";

/// A file with this text, which only its owner can read.
fn file(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("tcp-bridge-{}-{name}", std::process::id()));
    std::fs::write(&path, text).unwrap();
    set_mode(&path, 0o600);
    path
}

#[cfg(unix)]
fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn set_mode(_: &std::path::Path, _: u32) {}

/// A bridge that asks for [`TOKEN`].
async fn bridge_with(name: &str, args: &[&str]) -> Bridge {
    let path = file(name, &format!("{TOKEN}\n"));
    let args = [&["--token-file", path.to_str().unwrap()], args].concat();
    let bridge = Bridge::start(&args).await;
    // It has read the file before it answers.
    assert_eq!(status(&bridge.get("/healthz", "").await), "200");
    std::fs::remove_file(path).unwrap();
    bridge
}

/// The header `Set-Cookie` of an answer, and the header `Cookie` that a browser makes of it.
fn cookie(answer: &str) -> (String, String) {
    let set = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    let pair = set.split(';').next().unwrap();
    (set.to_owned(), format!("Cookie: other=1; {pair}\r\n"))
}

/// The cookie that the token is exchanged for.
async fn signed_in(bridge: &Bridge) -> String {
    cookie(&bridge.get(&format!("/?token={TOKEN}"), "").await).1
}

#[tokio::test]
async fn a_token_is_asked_for_exactly_where_others_can_reach_the_bridge() {
    for (bridge, expected) in [
        (Bridge::start(&[]).await, "200"),
        (Bridge::start(&["--auth", "token"]).await, "401"),
        (Bridge::start(&["--public-host", "bridge.school"]).await, "401"),
        (Bridge::start_on_every_address(&[]).await, "401"),
        (Bridge::start_on_every_address(&["--auth", "off"]).await, "200"),
    ] {
        for path in ["/", INFO_PATH, "/api/echo/connections", "/nowhere"] {
            let answer = bridge.get(path, "").await;
            let expected = if expected == "200" && path == "/nowhere" { "404" } else { expected };
            assert_eq!(status(&answer), expected, "{path}");
        }
        assert_eq!(status(&bridge.get("/healthz", "").await), "200");
    }
}

#[tokio::test]
async fn the_printed_url_is_exchanged_for_a_cookie_and_loses_the_token() {
    let (_bridge, line) =
        Process::bridge(&["--listen", "127.0.0.1:0", "--echo", "127.0.0.1:0", "--auth", "token"]);
    let address = process::address(&line);
    let (_, path) = line.split_once(&address.to_string()).unwrap();
    let exchange = get(address, &format!("{path}&a=%2F&b"), "").await;
    assert_eq!(status(&exchange), "303");
    for header in
        ["location: ./?a=%2F&b\r\n", "cache-control: no-store", "referrer-policy: no-referrer"]
    {
        assert!(exchange.contains(&format!("\r\n{header}")), "no {header} in {exchange}");
    }
    let (set, cookie) = cookie(&exchange);
    assert!(set.starts_with(&format!("tcp-bridge-{}=", address.port())), "{set}");
    assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{set}");
    assert!(!set.contains(path.split_once('=').unwrap().1), "{set}");
    for path in ["/", "/?a=1", INFO_PATH] {
        let answer = get(address, path, &cookie).await;
        assert_eq!(status(&answer), "200", "{path}");
        let is_kept = !answer.contains("no-store");
        assert_eq!(answer.contains("\r\ncache-control: private, "), is_kept, "{answer}");
    }
    assert_eq!(status(&get(address, path, &cookie).await), "303");
}

async fn get(address: SocketAddr, path: &str, headers: &str) -> String {
    get_from("0.0.0.0", address, path, headers).await
}

/// A GET whose connection comes from `source`.
async fn get_from(source: &str, address: SocketAddr, path: &str, headers: &str) -> String {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(source.parse().unwrap(), 0)).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    soon(stream.read_to_string(&mut answer)).await.unwrap();
    answer
}

#[tokio::test]
async fn other_clients_send_the_token_in_a_header_or_in_the_url() {
    let bridge = bridge_with("clients", &[]).await;
    assert_eq!(status(&bridge.get(INFO_PATH, BEARER).await), "200");
    let by_url = bridge.get(&format!("{INFO_PATH}?token={TOKEN}"), "").await;
    assert_eq!(status(&by_url), "200");
    assert!(!by_url.contains("set-cookie"), "{by_url}");
    let query = format!("?target=echo&token={TOKEN}");
    let mut client = Client::open(&bridge, &query).await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
}

#[tokio::test]
async fn whoever_shows_no_token_is_told_what_to_do_in_a_way_that_fits() {
    let bridge = bridge_with("nothing", &[]).await;
    let problem = bridge.get(INFO_PATH, "Accept: */*\r\n").await;
    assert_eq!(status(&problem), "401");
    for part in ["application/problem+json", "www-authenticate: Bearer", "no-store", "?token="] {
        assert!(problem.contains(part), "no {part} in {problem}");
    }
    let page = bridge.get("/", "Accept: text/html,*/*;q=0.8\r\n").await;
    assert_eq!(status(&page), "401");
    for part in ["text/html", "asks for its token", "需要令牌", "form-action 'self'", "no-store"]
    {
        assert!(page.contains(part), "no {part} in {page}");
    }
    let upgrade = bridge.get("/ws", "Upgrade: websocket\r\n").await;
    assert_eq!(status(&upgrade), "401");
}

#[tokio::test]
async fn what_is_wrong_does_not_come_in() {
    let bridge = bridge_with("wrong", &[]).await;
    let cookie = signed_in(&bridge).await;
    let (name, value) = cookie.trim().rsplit_once(' ').unwrap().1.split_once('=').unwrap();
    for headers in [
        "Authorization: Bearer 7k3m-q9xw-2hdv-p4tN\r\n".to_owned(),
        format!("Authorization: Bearer {TOKEN}0\r\n"),
        format!("Authorization: Bearer {value}\r\n"),
        format!("Authorization: Basic {TOKEN}\r\n"),
        format!("Cookie: {name}={TOKEN}\r\n"),
        format!("Cookie: {name}0={value}\r\n"),
        format!("X-Token: {TOKEN}\r\n"),
    ] {
        assert_eq!(status(&bridge.get(INFO_PATH, &headers).await), "401", "{headers}");
    }
    let wrong = bridge.get("/?token=wrong", "Accept: text/html\r\n").await;
    assert_eq!(status(&wrong), "401");
    assert!(wrong.contains("error=\"invalid_token\"") && wrong.contains("令牌不对"), "{wrong}");
}

#[tokio::test]
async fn a_cookie_that_is_no_longer_good_is_removed() {
    let bridge = bridge_with("stale", &[]).await;
    let name = format!("tcp-bridge-{}", bridge.address.port());
    let answer = bridge.get(INFO_PATH, &format!("Cookie: {name}=old\r\n")).await;
    let (set, _) = cookie(&answer);
    assert!(set.starts_with(&format!("{name}=; Max-Age=0")), "{set}");
}

#[tokio::test]
async fn pages_that_are_open_while_the_bridge_is_started_again_are_no_guesses() {
    let bridge = bridge_with("reopened", &[]).await;
    let old = format!("Cookie: tcp-bridge-{}=old\r\n", bridge.address.port());
    for _ in 0..30 {
        assert_eq!(status(&bridge.get(INFO_PATH, &old).await), "401");
    }
    assert_eq!(status(&bridge.get(INFO_PATH, BEARER).await), "200");
}

#[tokio::test]
async fn whoever_guesses_is_stopped_and_nobody_else() {
    let bridge = bridge_with("guess", &[]).await;
    let cookie = signed_in(&bridge).await;
    let mut answers = Vec::new();
    for guess in 0..20 {
        let guess = format!("Authorization: Bearer guess-{guess}\r\n");
        answers.push(bridge.get(INFO_PATH, &guess).await);
    }
    let first = answers.iter().position(|answer| status(answer) == "429").unwrap();
    // One is forgotten every six seconds.
    assert!((10..15).contains(&first), "{first}");
    let stopped = answers.last().unwrap();
    let wait = stopped.lines().find_map(|line| line.strip_prefix("retry-after: ")).unwrap();
    assert!((1..=7).contains(&wait.parse::<u32>().unwrap()), "{stopped}");
    assert_eq!(status(&bridge.get(INFO_PATH, BEARER).await), "429");
    assert_eq!(status(&bridge.get(INFO_PATH, &cookie).await), "200");
    assert_eq!(status(&bridge.get(INFO_PATH, "").await), "401");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn another_address_is_not_stopped_for_the_guesses_of_one() {
    let bridge = bridge_with("apart", &[]).await;
    for _ in 0..15 {
        get_from("127.0.0.2", bridge.address, "/?token=guess", "").await;
    }
    let of_one = get_from("127.0.0.2", bridge.address, INFO_PATH, BEARER).await;
    assert_eq!(status(&of_one), "429");
    assert_eq!(status(&bridge.get(INFO_PATH, BEARER).await), "200");
}

#[tokio::test]
async fn a_foreign_page_stays_out_although_the_browser_sends_the_cookie() {
    let bridge = bridge_with("foreign", &[]).await;
    let cookie = signed_in(&bridge).await;
    for path in ["/ws", INFO_PATH, INVITATION_PATH] {
        let foreign = format!("{cookie}Origin: http://127.0.0.1:1\r\n");
        assert_eq!(status(&bridge.get(path, &foreign).await), "403", "{path}");
    }
    let rebound =
        format!("GET / HTTP/1.1\r\nHost: evil.example\r\n{cookie}Connection: close\r\n\r\n");
    assert_eq!(status(&bridge.http(&rebound).await), "403");
}

#[tokio::test]
async fn whoever_has_come_in_by_the_token_can_invite_others_and_nobody_else_learns_it() {
    let bridge = bridge_with("invite", &[]).await;
    let cookie = signed_in(&bridge).await;
    let answer = bridge.get(INVITATION_PATH, &cookie).await;
    assert!(answer.contains("\r\ncache-control: no-store\r\n"), "{answer}");
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(serde_json::from_str::<Info>(body).unwrap().token, TOKEN);
    let refused = bridge.get(INVITATION_PATH, "").await;
    assert_eq!(status(&refused), "401");
    assert!(!refused.contains(TOKEN), "{refused}");
    assert!(!bridge.get(INFO_PATH, &cookie).await.contains(TOKEN));
    let open: Info = Bridge::start(&[]).await.json(INVITATION_PATH).await;
    assert_eq!(open.token, "");
}

#[cfg(unix)]
#[tokio::test]
async fn the_token_is_neither_printed_nor_logged_nor_repeated() {
    let path = file("silent", TOKEN);
    let mut command = process::bridge();
    command.env("RUST_LOG", "trace").args(["--token-file", path.to_str().unwrap()]);
    let (mut bridge, address) = Process::serving(&mut command);
    for (path, headers) in [
        (format!("/?token={TOKEN}"), ""),
        (format!("/?token={TOKEN}&token=x"), "Origin: http://a.example\r\n"),
        (format!("/ws?token={TOKEN}"), ""),
        (format!("/api/info?token={TOKEN}"), ""),
        ("/api/info".into(), BEARER),
        (format!("/nowhere?token={TOKEN}"), ""),
    ] {
        let answer = get(address, &path, headers).await;
        assert!(!answer.contains(TOKEN), "{path}: {answer}");
    }
    let (mut client, _) = Client::at(address, &format!("?token={TOKEN}"), SUBPROTOCOL).await;
    client.close().await;
    let info = get(address, "/api/info", BEARER).await;
    assert!(info.contains("--token-file"), "{info}");
    bridge.signal("-TERM");
    let mut printed = String::new();
    bridge.0.stderr.as_mut().unwrap().read_to_string(&mut printed).unwrap();
    assert!(printed.contains("/nowhere"), "{printed}");
    bridge.0.stdout.as_mut().unwrap().read_to_string(&mut printed).unwrap();
    assert!(!printed.contains(TOKEN), "{printed}");
    std::fs::remove_file(path).unwrap();
}

#[cfg(unix)]
#[test]
fn a_token_file_that_cannot_be_used_ends_the_bridge_with_what_to_do() {
    for (text, mode, part) in [
        (TOKEN, 0o604, "chmod 600"),
        (TOKEN, 0o620, "chmod 600"),
        ("", 0o600, "empty"),
        ("short", 0o600, "5 characters"),
        ("7k3m q9xw 2hdv p4tn\n", 0o600, "character 5 of the token is a space"),
        ("7k3m-q9xw-2hdv-p4tn\n7k3m-q9xw\n", 0o600, "line break"),
    ] {
        let path = file(&format!("bad-{mode:o}-{}", text.len()), text);
        set_mode(&path, mode);
        let ended = std::process::Command::new(BRIDGE)
            .args(["--listen", "127.0.0.1:0", "--echo", "off", "--token-file"])
            .arg(&path)
            .output()
            .unwrap();
        let error = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(1), "{error}");
        assert!(error.contains("--token-file") && error.contains(part), "{part}: {error}");
        assert!(text.len() < 10 || !error.contains(&text[..10]), "{error}");
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_flag_that_cannot_be_used_is_refused_by_name_with_what_to_write() {
    for (args, part) in [
        (&["--auth", "on"][..], "off, token, or header:NAME"),
        (&["--auth", "header:"], "header:X-Remote-User"),
        (&["--auth", "header:a b"], "header:X-Remote-User"),
        (&["--auth", "header:X-User"], "needs --trusted-proxy"),
        (&["--auth", "off", "--token-file", "x"], "leave --token-file out"),
        (&["--trusted-proxy", "proxy.example"], "10.0.0.0/8"),
        (&["--trusted-proxy", "0.0.0.0/0"], "every address"),
        (&["--max-sessions-per-client", "0"], "\"off\""),
        (&["--max-sessions-per-client", "1000001"], "1000000"),
        (&["--max-opens-per-client", "many"], "\"off\""),
    ] {
        let words = [&["tcp-bridge"], args].concat().into_iter().map(Into::into);
        let error = Command::parse(words).unwrap_err().to_string();
        assert!(error.contains(args[0]) && error.contains(part), "{args:?}: {error}");
    }
}

#[tokio::test]
async fn a_client_with_too_many_sessions_is_told_so_and_others_are_not_refused() {
    let args = ["--max-sessions-per-client", "2", "--trusted-proxy", "127.0.0.1"];
    let bridge = Bridge::start(&args).await;
    let mut first = Client::open(&bridge, "").await;
    first.connected().await;
    let mut second = Client::open(&bridge, "").await;
    second.connected().await;
    let refused = Client::open(&bridge, "").await.receive_all().await;
    assert_eq!((refused.failure().stage, refused.failure().kind), (Stage::Limit, Kind::TooMany));
    assert_eq!(refused.code, 1013);
    assert!(refused.reason.contains("127.0.0.1 has 2 sessions"), "{}", refused.reason);
    assert!(refused.reason.contains("--max-sessions-per-client"), "{}", refused.reason);
    let raw = Client::open_raw(&bridge, "").await.receive_all().await;
    assert_eq!((raw.code, raw.reason), (1013, refused.reason));
    first.close().await;
    first.receive_all().await;
    // Its place is free once the session has ended, a moment after its Close.
    loop {
        let mut third = Client::open(&bridge, "").await;
        if third.connects().await {
            break;
        }
    }
}

#[tokio::test]
async fn a_client_that_opens_too_many_sessions_in_a_second_is_told_so() {
    let bridge = Bridge::start(&["--max-opens-per-client", "3"]).await;
    for _ in 0..50 {
        let mut client = Client::open(&bridge, "?target=lab/refuse").await;
        let session = client.receive_all().await;
        if session.code == 1013 {
            assert_eq!(session.failure().kind, Kind::TooMany);
            let reason = &session.reason;
            assert!(reason.contains("over 3 in a second (--max-opens-per-client)"), "{reason}");
            return;
        }
    }
    panic!("nobody was refused");
}
