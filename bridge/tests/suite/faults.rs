//! Every fault, as a client of std alone meets it in a terminal.

use std::collections::HashSet;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::time::{Duration, Instant};

use echo_core::fault::FaultKind;

use crate::harness::TOO_LONG;
use crate::harness::echo::echo_server;
use crate::harness::faults::{CASES, End, kind};

/// How long a client listens for what must not come. Given up too early, a test proves less, and
/// fails no more easily.
const NOTHING: Duration = Duration::from_millis(100);
/// Longer than what a server with a fault holds.
const LONG: usize = 2_000_000;

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    stream.set_read_timeout(Some(TOO_LONG)).unwrap();
    stream
}

/// What comes until the end, and how it ends.
fn rest(stream: &mut TcpStream) -> (Vec<u8>, End) {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => (bytes, End::Fin),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => (bytes, End::Reset),
        Err(error) => panic!("after {bytes:?}: {error}"),
    }
}

/// Says `Hello!` and FIN to a server with this fault, and hears it out.
async fn greet(fault: &'static str) -> (Vec<u8>, End) {
    with(fault, |mut stream| {
        stream.write_all(b"Hello!").unwrap();
        // A server that hung up already has made this fail, on some systems.
        let _ = stream.shutdown(Shutdown::Write);
        rest(&mut stream)
    })
    .await
}

/// What `client` makes of a server with this fault.
async fn with<T, F>(fault: &'static str, client: F) -> T
where
    T: Send + 'static,
    F: FnOnce(TcpStream) -> T + Send + 'static,
{
    let (_server, port) = echo_server(Some(fault)).await;
    tokio::task::spawn_blocking(move || client(connect(port))).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_does_on_a_socket_what_it_says() {
    for (fault, bytes, end) in CASES {
        let met = greet(fault).await;
        assert_eq!(met, (bytes.to_vec(), end), "{fault}");
    }
}

#[test]
fn no_fault_is_left_out() {
    let tested: HashSet<_> = CASES.iter().map(|(fault, ..)| kind(fault)).collect();
    // Those of TLS are met by `lab.rs` and `tls_programs.rs`.
    let plain = FaultKind::ALL.iter().filter(|kind| !kind.is_over_tls());
    let left: Vec<_> = plain.filter(|kind| !tested.contains(kind)).collect();
    assert_eq!(left, [&FaultKind::Refuse], "refuse has no listener to meet");
}

#[tokio::test]
async fn a_server_that_hangs_up_does_so_without_waiting_for_the_client() {
    for (fault, end) in [("truncate:3", End::Fin), ("reset:3", End::Reset)] {
        let met = with(fault, |mut stream| {
            stream.write_all(b"Hello!").unwrap();
            rest(&mut stream)
        });
        assert_eq!(met.await, (b"Hel".to_vec(), end), "{fault}");
    }
}

#[tokio::test]
async fn what_comes_after_the_hang_up_does_not_turn_fin_into_rst() {
    let met = with("truncate:3", |mut stream| {
        stream.write_all(b"Hello!").unwrap();
        let mut hel = [0; 3];
        stream.read_exact(&mut hel).unwrap();
        stream.write_all(&vec![7; 100_000]).unwrap();
        let heard = rest(&mut stream);
        stream.write_all(b"still there?").unwrap();
        heard
    });
    assert_eq!(met.await, (Vec::new(), End::Fin));
}

#[tokio::test]
async fn silence_and_late_fin_say_nothing_before_the_clients_fin() {
    for (fault, reply) in [("silent", &b""[..]), ("late-fin", b"Hello!")] {
        with(fault, move |mut stream| {
            stream.write_all(b"Hello!").unwrap();
            stream.set_read_timeout(Some(NOTHING)).unwrap();
            let early = stream.read(&mut [0]).unwrap_err().kind();
            assert!(matches!(early, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{fault}");
            stream.set_read_timeout(Some(TOO_LONG)).unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
            assert_eq!(rest(&mut stream), (reply.to_vec(), End::Fin), "{fault}");
        })
        .await;
    }
}

#[tokio::test]
async fn who_takes_its_time_takes_it() {
    for (fault, least) in [("delay:200ms", 200), ("split:2:100ms", 200)] {
        with(fault, move |mut stream| {
            let start = Instant::now();
            stream.write_all(b"Hello!").unwrap();
            stream.read_exact(&mut [0; 6]).unwrap();
            assert!(start.elapsed() >= Duration::from_millis(least), "{fault}");
        })
        .await;
    }
}

#[tokio::test]
async fn extra_bytes_come_while_the_client_still_listens() {
    with("extra:3", |mut stream| {
        let mut reply = [0; 9];
        stream.write_all(b"Hello!").unwrap();
        stream.read_exact(&mut reply).unwrap();
        assert_eq!(&reply, b"Hello!!!!");
    })
    .await;
}

#[tokio::test]
async fn a_long_message_comes_back_whole_in_spite_of_pauses() {
    let met = with("delay:20ms", |stream| {
        let mut writer = stream.try_clone().unwrap();
        let writing = std::thread::spawn(move || {
            writer.write_all(&vec![b'a'; LONG]).unwrap();
            writer.shutdown(Shutdown::Write).unwrap();
        });
        let mut stream = stream;
        let heard = rest(&mut stream);
        writing.join().unwrap();
        heard
    });
    let (bytes, end) = met.await;
    assert!(bytes == vec![b'a'; LONG] && end == End::Fin, "{} bytes, {end:?}", bytes.len());
}
