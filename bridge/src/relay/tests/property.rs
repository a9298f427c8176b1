//! Whatever the chunking, the stalls and the order of endings: each side gets a prefix of what the
//! other sent, and all of it where the ending was orderly.

use proptest::prelude::*;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::sleep;

use super::*;

/// What a side does before it ends: sends a chunk, or lets time pass.
#[derive(Clone, Copy, Debug)]
enum Step {
    Send(usize),
    Stall(u64),
}

/// How a side ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// The client says `finish`, the target sends FIN; both read on.
    Finish,
    /// The client closes; the target, which has no such word, finishes.
    Close,
    /// It is gone without a word.
    Vanish,
}

#[derive(Clone, Debug)]
struct Script {
    steps: Vec<Step>,
    end: End,
    /// How long the side stalls after each thing it reads, in milliseconds.
    slowness: u64,
}

impl Script {
    fn total(&self) -> usize {
        self.steps.iter().map(|step| if let Step::Send(count) = step { *count } else { 0 }).sum()
    }
}

fn script() -> impl Strategy<Value = Script> {
    let step = prop_oneof![(1usize..400).prop_map(Step::Send), (1u64..50).prop_map(Step::Stall)];
    let end = prop_oneof![Just(End::Finish), Just(End::Close), Just(End::Vanish)];
    (prop::collection::vec(step, 0..12), end, 0u64..20).prop_map(|(steps, end, slowness)| Script {
        steps,
        end,
        slowness,
    })
}

/// `count` bytes of a stream in which every loss and every shift shows, from `start`.
fn bytes(start: usize, count: usize) -> Vec<u8> {
    (start..start + count).map(|i| u8::try_from(i % 251).unwrap()).collect()
}

/// Runs a script as the client, and gives what it heard.
async fn client(socket: WebSocketStream<DuplexStream>, script: Script) -> Vec<u8> {
    let (mut sink, mut stream) = socket.split();
    let mut heard = Vec::new();
    let writing = async {
        let mut sent = 0;
        for step in &script.steps {
            match *step {
                Step::Stall(millis) => sleep(Duration::from_millis(millis)).await,
                Step::Send(count) => {
                    // That the other side is gone already is one of the orders.
                    let _ = sink.send(Message::binary(bytes(sent, count))).await;
                    sent += count;
                }
            }
        }
        let _ = match script.end {
            End::Finish => sink.send(Message::text(r#"{"type":"finish"}"#)).await,
            End::Close => sink.send(Message::Close(None)).await,
            End::Vanish => return,
        };
        std::future::pending::<()>().await;
    };
    let reading = async {
        while let Some(Ok(message)) = stream.next().await {
            if let Message::Binary(bytes) = message {
                heard.extend_from_slice(&bytes);
            }
            sleep(Duration::from_millis(script.slowness)).await;
        }
    };
    tokio::select! { () = writing => {} () = reading => {} }
    heard
}

/// Runs a script as the target, and gives what it heard.
async fn target(stream: impl AsyncRead + AsyncWrite, script: Script) -> Vec<u8> {
    let (mut read, mut write) = tokio::io::split(stream);
    let mut heard = Vec::new();
    let writing = async {
        let mut sent = 0;
        for step in &script.steps {
            match *step {
                Step::Stall(millis) => sleep(Duration::from_millis(millis)).await,
                Step::Send(count) => {
                    let _ = write.write_all(&bytes(sent, count)).await;
                    sent += count;
                }
            }
        }
        if script.end != End::Vanish {
            let _ = write.shutdown().await;
            std::future::pending::<()>().await;
        }
    };
    let reading = async {
        let mut chunk = [0; 100];
        while let Ok(count @ 1..) = read.read(&mut chunk).await {
            heard.extend_from_slice(&chunk[..count]);
            sleep(Duration::from_millis(script.slowness)).await;
        }
        // A target that heard FIN still says what it has to say.
        std::future::pending::<()>().await;
    };
    let _ = timeout(FOR_EVER, async {
        tokio::select! { () = writing => {} () = reading => {} }
    })
    .await;
    heard
}

/// Runs both, and gives what the client and the target heard.
fn run(pipe: usize, clients: Script, targets: Script) -> (Vec<u8>, Vec<u8>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let ends = start_with(Dialect::Control, pipe).await;
        let target = tokio::spawn(target(ends.target, targets));
        let heard = client(ends.client, clients).await;
        timeout(FOR_EVER, ends.relay).await.unwrap().unwrap();
        (heard, target.await.unwrap())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn each_side_gets_a_prefix_and_all_of_it_where_the_ending_was_orderly(
        pipe in 1usize..300,
        clients in script(),
        targets in script(),
    ) {
        let (to_client, to_target) = run(pipe, clients.clone(), targets.clone());
        prop_assert_eq!(&to_client, &bytes(0, to_client.len()));
        prop_assert_eq!(&to_target, &bytes(0, to_target.len()));
        prop_assert!(to_client.len() <= targets.total() && to_target.len() <= clients.total());
        if targets.end != End::Vanish && clients.end != End::Vanish {
            prop_assert_eq!(to_target.len(), clients.total(), "the client's bytes");
        }
        if targets.end != End::Vanish && clients.end == End::Finish {
            prop_assert_eq!(to_client.len(), targets.total(), "the target's bytes");
        }
    }
}
