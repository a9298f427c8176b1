//! What operators see of a bridge, and what they can do.

use std::collections::BTreeMap;

use bridge::Shutdown;
use bridge::listen::ListenAddress;
use echo_core::wire::{BridgeMessage, ClientMessage, Kind, Party, Stage};
use futures_util::future::join_all;
use tokio::io::AsyncWriteExt as _;
use tokio::time::{Duration, sleep};

use crate::harness::client::Client;
use crate::harness::{Bridge, closed_port, read_all, soon, status, target};

/// How many sessions end in each way.
const EACH: u64 = 5;
const HELLO: &[u8] = b"Hello!";

/// A way for a session to end, and what is counted then.
#[derive(Clone, Copy, Debug)]
enum Way {
    Finishes,
    Closes,
    ClosesAtOnce,
    Resets,
    Vanishes,
    Babbles,
    SaysTooMuch,
    IsReset,
    IsForbidden,
    IsMalformed,
    HasNoAddress,
    IsRefused,
}

impl Way {
    const ALL: [Self; 12] = [
        Self::Finishes,
        Self::Closes,
        Self::ClosesAtOnce,
        Self::Resets,
        Self::Vanishes,
        Self::Babbles,
        Self::SaysTooMuch,
        Self::IsReset,
        Self::IsForbidden,
        Self::IsMalformed,
        Self::HasNoAddress,
        Self::IsRefused,
    ];

    /// The label of the ending.
    fn label(self) -> &'static str {
        match self {
            Self::Finishes => "finished",
            Self::Closes | Self::ClosesAtOnce => "client_closed",
            Self::Resets => "client_reset",
            Self::Vanishes => "client_vanished",
            Self::Babbles => "protocol",
            Self::SaysTooMuch => "limit",
            Self::IsReset => "read",
            Self::IsForbidden | Self::IsMalformed => "policy",
            Self::HasNoAddress => "resolve",
            Self::IsRefused => "connect",
        }
    }

    /// Whether the session is connected to a target, and says hello to it.
    fn is_connected(self) -> bool {
        !matches!(
            self,
            Self::IsForbidden | Self::IsMalformed | Self::HasNoAddress | Self::IsRefused
        )
    }

    /// How many bytes come back, and are waited for.
    fn received(self) -> u64 {
        match self {
            Self::IsReset => 3,
            way if way.is_greeting() => HELLO.len() as u64,
            _ => 0,
        }
    }

    /// Whether the session greets its target and hears it out.
    fn is_greeting(self) -> bool {
        self.is_connected() && !matches!(self, Self::ClosesAtOnce)
    }

    /// Runs a session that ends so.
    async fn run(self, bridge: &Bridge, closed_port: u16) {
        let target = match self {
            Self::IsReset => "lab/reset:3".into(),
            // It says nothing, however slow the Close is.
            Self::ClosesAtOnce => "lab/silent".into(),
            Self::IsForbidden => "localhost:1".into(),
            Self::IsMalformed => "nonsense".into(),
            Self::HasNoAddress => "name.invalid:80".into(),
            Self::IsRefused => format!("127.0.0.1:{closed_port}"),
            _ => "echo".into(),
        };
        let mut client = Client::open(bridge, &format!("?target={target}")).await;
        if self.is_greeting() {
            client.send(HELLO).await;
            client.receive(usize::try_from(self.received()).unwrap()).await;
        }
        match self {
            Self::Finishes => client.send_control(ClientMessage::Finish).await,
            Self::Closes => client.close().await,
            Self::Resets => client.send_control(ClientMessage::Reset).await,
            Self::Vanishes => return,
            Self::ClosesAtOnce => {
                // What comes right before the Close counts, too.
                client.send(HELLO).await;
                client.close().await;
            }
            Self::Babbles => client.send_text("what?").await,
            Self::SaysTooMuch => client.send(&vec![0; 64 * 1024 + 1]).await,
            _ => {}
        }
        client.receive_all().await;
    }
}

#[tokio::test]
async fn the_counters_agree_with_what_a_load_did_however_its_sessions_ended() {
    let port = closed_port().await;
    let allow = format!("127.0.0.1:{port},name.invalid:80");
    let flags = ["--admin", "127.0.0.1:0", "--allow", &allow, "--max-message", "64KiB"];
    let bridge = Bridge::start(&flags).await;
    let bridge = &bridge;
    let load = Way::ALL.iter().flat_map(|way| (0..EACH).map(|_| way.run(bridge, port)));
    join_all(load).await;
    let scrape = bridge.operator().scrape_at_rest().await;

    let mut endings = BTreeMap::new();
    for way in Way::ALL {
        *endings.entry(way.label().to_owned()).or_default() += EACH;
    }
    assert_eq!(scrape.counts("tcp_bridge_sessions_closed_total"), endings);
    let connected = Way::ALL.iter().filter(|way| way.is_connected()).count() as u64 * EACH;
    let received: u64 = Way::ALL.iter().map(|way| way.received()).sum();
    let bytes = [
        ("to_client".to_owned(), received * EACH),
        ("to_target".to_owned(), connected * HELLO.len() as u64),
    ];
    assert_eq!(scrape.counts("tcp_bridge_bytes_total"), bytes.into());
    let connects = [("connected".to_owned(), connected), ("refused".to_owned(), EACH)];
    assert_eq!(scrape.counts("tcp_bridge_connect_seconds_count"), connects.into());
    let refused = [("target".to_owned(), 2 * EACH)];
    assert_eq!(scrape.counts("tcp_bridge_refused_total"), refused.into());
}

#[tokio::test]
async fn sessions_and_requests_that_are_refused_are_counted_by_the_reason() {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0", "--max-sessions", "1"]).await;
    let mut open = Client::open(&bridge, "").await;
    open.connected().await;
    assert_eq!(Client::open(&bridge, "").await.receive_all().await.code, 1013);
    assert_eq!(status(&bridge.get("/", "Origin: http://evil.example\r\n").await), "403");
    let scrape = bridge.operator().scrape().await;
    let refused = [("access".to_owned(), 1), ("sessions".to_owned(), 1)];
    assert_eq!(scrape.counts("tcp_bridge_refused_total"), refused.into());
    assert_eq!(scrape.counts("tcp_bridge_sessions_closed_total"), BTreeMap::new());
}

#[tokio::test]
async fn a_session_in_which_nothing_moves_is_counted_as_idle() {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0", "--idle-timeout", "50ms"]).await;
    assert_eq!(Client::open(&bridge, "").await.receive_all().await.code, 4006);
    let scrape = bridge.operator().scrape_at_rest().await;
    let endings = scrape.counts("tcp_bridge_sessions_closed_total");
    assert_eq!(endings, [("idle".to_owned(), 1)].into());
}

#[tokio::test]
async fn bytes_count_while_their_session_is_open() {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0"]).await;
    let mut client = Client::open(&bridge, "").await;
    client.send(&vec![7; 300_000]).await;
    client.receive(300_000).await;
    let operator = bridge.operator();
    let both = ["to_client", "to_target"].map(|direction| (direction.to_owned(), 300_000));
    // The client may have the last bytes before they are counted.
    let counted = soon(async {
        loop {
            let counted = operator.scrape().await.counts("tcp_bridge_bytes_total");
            if counted.get("to_client") == Some(&300_000) {
                return counted;
            }
        }
    });
    assert_eq!(counted.await, both.clone().into());
    let [session] = &operator.sessions().await[..] else { panic!("one session is open") };
    assert_eq!((&session["sent"], &session["received"]), (&300_000.into(), &300_000.into()));
    client.close().await;
    client.receive_all().await;
    assert_eq!(operator.scrape_at_rest().await.counts("tcp_bridge_bytes_total"), both.into());
}

/// Waits until reading from `side` was paused.
async fn paused(bridge: &Bridge, side: &str) {
    let operator = bridge.operator();
    soon(async {
        while !operator.scrape().await.counts("tcp_bridge_paused_total").contains_key(side) {
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_pause_counts_for_the_side_that_is_not_read_from() {
    let (stalled, _) = target(async |_stream| std::future::pending::<()>().await).await;
    let (eager, _) = target(async |mut stream| {
        let _ = stream.write_all(&vec![7; 4 * 1024 * 1024]).await;
        read_all(&mut stream).await
    })
    .await;
    let allow = format!("{stalled},{eager}");
    let flags = ["--admin", "127.0.0.1:0", "--allow", &allow, "--max-message", "64MiB"];
    let bridge = Bridge::start(&flags).await;
    let mut talker = Client::open(&bridge, &format!("?target={stalled}")).await;
    // More than all buffers take.
    let bytes = vec![7; 32 * 1024 * 1024];
    tokio::select! {
        () = talker.send(&bytes) => panic!("the bridge took more than it may"),
        () = paused(&bridge, "client") => {}
    }
    let counts = bridge.operator().scrape().await.counts("tcp_bridge_paused_total");
    assert_eq!(counts.into_keys().collect::<Vec<_>>(), ["client"]);
    // It acknowledges nothing, so that a window is all that the bridge reads from its target.
    let _listener = Client::open(&bridge, &format!("?target={eager}")).await;
    paused(&bridge, "target").await;
}

#[tokio::test]
async fn an_operator_sees_each_session() {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0"]).await;
    let operator = bridge.operator();
    assert!(operator.sessions().await.is_empty());
    let mut client = Client::open(&bridge, "?target=lab/silent").await;
    client.connected().await;
    let [session] = &operator.sessions().await[..] else { panic!("one session is open") };
    assert_eq!((&session["id"], &session["target"]), (&1.into(), &"lab/silent".into()));
    assert_eq!((&session["state"], &session["origin"]), (&"open".into(), &().into()));
    for field in ["client", "address"] {
        assert!(session[field].as_str().unwrap().starts_with("127.0.0.1:"), "{session}");
    }
    let since = session["since"].as_str().unwrap();
    assert!(since.ends_with('Z') && since.contains('T'), "{since}");
}

#[tokio::test]
async fn a_session_that_an_operator_ends_tells_its_client_why() {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0"]).await;
    let operator = bridge.operator();
    let mut client = Client::open(&bridge, "").await;
    let mut raw = Client::open_raw(&bridge, "").await;
    client.connected().await;
    for session in operator.sessions().await {
        let path = format!("/sessions/{}", session["id"]);
        assert_eq!(status(&operator.request("DELETE", &path, "").await), "204");
    }
    let ended = client.receive_all().await;
    assert_eq!((ended.failure().stage, ended.failure().kind), (Stage::Operator, Kind::Ended));
    let last = ended.control.last();
    assert!(matches!(last, Some(BridgeMessage::Closed { by: Party::Bridge, .. })), "{last:?}");
    for (code, reason) in [(ended.code, ended.reason), {
        let ended = raw.receive_all().await;
        (ended.code, ended.reason)
    }] {
        assert_eq!((code, &*reason), (4009, "The bridge's operator ended this session."));
    }
    let scrape = operator.scrape_at_rest().await;
    let endings = scrape.counts("tcp_bridge_sessions_closed_total");
    assert_eq!(endings, [("operator".to_owned(), 2)].into());
}

#[tokio::test]
async fn a_session_that_is_not_open_cannot_be_ended() {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0"]).await;
    for id in ["1", "0", "-1", "x", "99999999999999999999999", "%00"] {
        let answer = bridge.operator().request("DELETE", &format!("/sessions/{id}"), "").await;
        assert_eq!(status(&answer), "404", "{answer}");
    }
}

#[tokio::test]
async fn nothing_of_it_is_on_the_public_listener() {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0"]).await;
    let mut client = Client::open(&bridge, "").await;
    client.connected().await;
    for path in ["/metrics", "/readyz", "/sessions", "/sessions/1"] {
        for method in ["GET", "DELETE"] {
            let answer = bridge.request(method, path, "").await;
            assert!(matches!(status(&answer), "404" | "405"), "{method} {path}: {answer}");
        }
    }
    client.send(HELLO).await;
    assert_eq!(client.receive(6).await, HELLO);
}

#[tokio::test]
async fn a_web_page_can_neither_read_nor_end_sessions() {
    const PAGE: &str = "http://page.example";
    let flags = ["--admin", "127.0.0.1:0", "--origin", PAGE, "--public-host", "bridge.example"];
    let bridge = Bridge::start(&flags).await;
    let operator = bridge.operator();
    for (method, path) in [("GET", "/metrics"), ("GET", "/sessions"), ("DELETE", "/sessions/1")] {
        // By DNS rebinding, and from an origin that may use the public listener.
        let rebound = operator.request_as("evil.example", method, path, "").await;
        assert_eq!(status(&rebound), "403", "{rebound}");
        let origin = format!("Origin: {PAGE}\r\n");
        let cross_site = operator.request(method, path, &origin).await;
        assert_eq!(status(&cross_site), "403", "{cross_site}");
        let known = operator.request_as("bridge.example:9090", method, path, "").await;
        assert_ne!(status(&known), "403", "{known}");
    }
    let refused = operator.scrape().await.counts("tcp_bridge_refused_total");
    assert_eq!(refused, [("access".to_owned(), 6)].into());
    for path in ["/healthz", "/readyz"] {
        let answer = operator.request_as("10-0-0-1.pod.cluster.local", "GET", path, "").await;
        assert_eq!(status(&answer), "200", "{path}");
    }
}

#[tokio::test]
async fn its_requests_are_bounded_as_those_of_the_public_listener_are() {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0"]).await;
    let long = format!("X-Long: {}\r\n", "a".repeat(40 * 1024));
    let answer = bridge.operator().request("GET", "/healthz", &long).await;
    assert_eq!(status(&answer), "431", "{answer}");
    let flags = ["--admin", "127.0.0.1:0", "--header-timeout", "50ms"];
    let bridge = Bridge::start(&flags).await;
    let ListenAddress::Tcp(address) = bridge.operator().0 else { panic!("it is TCP") };
    let mut silent = tokio::net::TcpStream::connect(address).await.unwrap();
    silent.write_all(b"GET /healthz HTTP/1.1\r\n").await.unwrap();
    // It is closed, with or without a word.
    let _ = soon(read_all(&mut silent)).await;
}

#[tokio::test]
async fn it_serves_until_the_last_session_has_ended() {
    let mut bridge = Bridge::start(&["--admin", "127.0.0.1:0", "--drain-timeout", "30s"]).await;
    let operator = bridge.operator();
    assert_eq!(operator.status("/readyz").await, "200");
    let mut client = Client::open(&bridge, "").await;
    client.connected().await;
    bridge.shut_down(Shutdown::Interrupt);
    soon(async { while operator.status("/readyz").await != "503" {} }).await;
    assert_eq!(operator.status("/healthz").await, "200");
    let draining = operator.scrape().await.value("tcp_bridge_draining");
    assert!((draining - 1.0).abs() < f64::EPSILON);
    client.send_control(ClientMessage::Finish).await;
    client.receive_all().await;
    bridge.stopped().await;
}
