//! Clients that come in crowds and behave badly, beside one that behaves well.

use std::net::SocketAddr;

use bridge::descriptors;
use echo_core::wire::CONNECTIONS_PATH;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use crate::harness::client::Client;
use crate::harness::{Bridge, status};

/// More than the bridge's places for HTTP connections and for its two sessions together.
const CROWD: usize = 300;

/// A bridge of two sessions that waits for headers longer than any test.
async fn bridge() -> Bridge {
    // Both ends of the crowd's connections are in this process, and other tests run beside. Where
    // there are too few descriptors all the same, connecting says so.
    let _ = descriptors::raise(u32::try_from(CROWD).unwrap());
    Bridge::start(&["--max-sessions", "2", "--header-timeout", "1h"]).await
}

/// That a good client is answered, and has its bytes echoed.
async fn serves(bridge: &Bridge) {
    assert_eq!(status(&bridge.get("/healthz", "").await), "200");
    let mut client = Client::open(bridge, "").await;
    echoes(&mut client).await;
    client.close().await;
    client.receive_all().await;
}

async fn echoes(client: &mut Client) {
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
}

#[tokio::test]
async fn silent_connections_do_not_delay_other_clients() {
    let bridge = bridge().await;
    let mut earlier = Client::open(&bridge, "").await;
    earlier.connected().await;
    let mut crowd = Vec::new();
    for _ in 0..CROWD {
        crowd.push(TcpStream::connect(bridge.address).await.unwrap());
    }
    serves(&bridge).await;
    echoes(&mut earlier).await;
}

/// Requests what the session said, again and again, without ever reading, until the connection is
/// closed.
async fn request_and_never_read(mut stream: TcpStream) {
    let request =
        format!("GET {CONNECTIONS_PATH}/1 HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(64);
    while stream.write_all(request.as_bytes()).await.is_ok() {}
}

/// A connection of which both kernels buffer little, so that a client which does not read is
/// noticed soon.
async fn connect_with_small_buffers(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    // Linux makes the sender's buffer a multiple of the segments, which are 64 KiB over loopback.
    #[cfg(target_os = "linux")]
    socket2::SockRef::from(&socket).set_tcp_mss(536).unwrap();
    socket.connect(address).await.unwrap()
}

#[tokio::test]
async fn clients_that_never_read_do_not_delay_other_clients() {
    let bridge = bridge().await;
    let mut earlier = Client::open(&bridge, "").await;
    // Long responses fill the kernel's buffers with few requests.
    earlier.send(&[b'x'; 4096]).await;
    earlier.receive(4096).await;
    let answer = bridge.get(&format!("{CONNECTIONS_PATH}/1"), "").await;
    assert!(answer.len() > 4096, "{answer}");
    let mut crowd = JoinSet::new();
    for _ in 0..CROWD {
        let stream = connect_with_small_buffers(bridge.address).await;
        crowd.spawn(request_and_never_read(stream));
    }
    serves(&bridge).await;
    echoes(&mut earlier).await;
}
