use std::net::Ipv4Addr;
use std::sync::mpsc::{Sender, channel};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::Duration;

use super::*;

const GOOD: PeerKey = PeerKey::Ip(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)));
const BAD: PeerKey = PeerKey::Ip(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2)));

/// A resolver that never answers for `silent.example`, until it is released, and at once for every
/// other name.
struct Silent {
    resolver: Arc<Resolver>,
    /// Gets a message as each silent look-up begins.
    begun: UnboundedReceiver<()>,
    /// Dropped, all of them fail.
    release: Sender<()>,
    looking_up: JoinSet<Result<Vec<SocketAddr>, Failure>>,
}

fn silent() -> Silent {
    let (started, begun) = unbounded_channel();
    let (release, held) = channel::<()>();
    let held = Mutex::new(held);
    let resolver = Arc::new(Resolver::new(move |name, port| {
        if name == "silent.example" {
            let _ = started.send(());
            // All but the first one wait for the lock.
            let _ = held.lock().unwrap().recv();
            return Err(io::Error::other("no answer"));
        }
        Ok(vec![([10, 0, 0, 7], port).into()])
    }));
    Silent { resolver, begun, release, looking_up: JoinSet::new() }
}

impl Silent {
    /// Asks for the silent name, without waiting for it.
    fn ask(&mut self, client: PeerKey) {
        let resolver = self.resolver.clone();
        self.looking_up.spawn(async move {
            let target = "silent.example:80".parse().unwrap();
            resolver.resolve(&target, client, far()).await
        });
    }

    /// Waits until so many silent look-ups have begun.
    async fn begun(&mut self, count: usize) {
        for _ in 0..count {
            self.begun.recv().await.unwrap();
        }
    }

    async fn good(&self, client: PeerKey, deadline: Instant) -> Result<Vec<SocketAddr>, Failure> {
        self.resolver.resolve(&"good.example:80".parse().unwrap(), client, deadline).await
    }
}

/// No test waits so long.
fn far() -> Instant {
    Instant::now() + Duration::from_hours(1)
}

/// A deadline at which what cannot begin at once has failed.
fn now() -> Instant {
    Instant::now()
}

fn address() -> Vec<SocketAddr> {
    vec![([10, 0, 0, 7], 80).into()]
}

#[tokio::test]
async fn names_that_never_answer_hold_up_the_client_that_asked_and_no_other() {
    let mut silent = silent();
    for _ in 0..600 {
        silent.ask(BAD);
    }
    silent.begun(MAX_LOOK_UPS_PER_CLIENT).await;
    assert_eq!(silent.good(GOOD, far()).await, Ok(address()));
    let failure = silent.good(BAD, now()).await.unwrap_err();
    assert_eq!((failure.stage, failure.kind), (Stage::Resolve, Kind::TooMany));
    assert_eq!(failure.message, "32 look-ups by this client are under way");
    assert!(silent.begun.try_recv().is_err(), "one more began");
}

#[tokio::test]
async fn a_look_up_that_nobody_waits_for_any_more_counts_until_it_has_ended() {
    let mut silent = silent();
    for _ in 0..MAX_LOOK_UPS_PER_CLIENT {
        silent.ask(BAD);
    }
    silent.begun(MAX_LOOK_UPS_PER_CLIENT).await;
    silent.looking_up.shutdown().await;
    assert_eq!(silent.good(BAD, now()).await.unwrap_err().kind, Kind::TooMany);
    let Silent { resolver, release, .. } = silent;
    drop(release);
    let good = resolver.resolve(&"good.example:80".parse().unwrap(), BAD, far()).await;
    assert_eq!(good, Ok(address()));
}

#[tokio::test]
async fn the_look_ups_of_all_clients_together_are_bounded() {
    let mut silent = silent();
    let each = u8::try_from(MAX_LOOK_UPS / MAX_LOOK_UPS_PER_CLIENT).unwrap();
    for last in 0..each {
        for _ in 0..MAX_LOOK_UPS_PER_CLIENT {
            silent.ask(IpAddr::from([198, 51, 100, last]).into());
        }
    }
    silent.begun(MAX_LOOK_UPS).await;
    let failure = silent.good(GOOD, now()).await.unwrap_err();
    assert_eq!(failure.kind, Kind::TooMany);
    assert_eq!(failure.message, "128 look-ups by all clients are under way");
}

#[tokio::test]
async fn an_address_and_localhost_need_no_look_up() {
    let resolver = Resolver::new(|name, _| panic!("{name} was looked up"));
    let resolve =
        async |target: &str| resolver.resolve(&target.parse().unwrap(), GOOD, now()).await.unwrap();
    assert_eq!(resolve("10.0.0.7:80").await, address());
    assert_eq!(resolve("[2001:db8::1]:80").await, ["[2001:db8::1]:80".parse().unwrap()]);
    let both = resolve("LocalHost.:80").await;
    assert!(both.iter().all(|address| address.ip().is_loopback() && address.port() == 80));
    assert!(both.contains(&([127, 0, 0, 1], 80).into()), "{both:?}");
}

#[tokio::test]
async fn a_look_up_that_takes_longer_than_its_deadline_is_told_so() {
    let mut silent = silent();
    let target = "silent.example:80".parse().unwrap();
    let resolver = silent.resolver.clone();
    let deadline = now();
    let failure = resolver.resolve(&target, GOOD, deadline).await.unwrap_err();
    assert_eq!((failure.stage, failure.kind), (Stage::Resolve, Kind::Timeout));
    silent.begun(1).await;
}

#[tokio::test]
async fn the_resolvers_answer_is_in_canonical_form_and_names_each_address_once() {
    let resolver = Resolver::new(|_, port| {
        let mapped = IpAddr::V6(Ipv4Addr::new(10, 0, 0, 7).to_ipv6_mapped());
        Ok(vec![(mapped, port).into(), ([10, 0, 0, 7], port).into()])
    });
    let target = "good.example:80".parse().unwrap();
    assert_eq!(resolver.resolve(&target, GOOD, far()).await, Ok(address()));
    let empty = Resolver::new(|_, _| Ok(Vec::new()));
    assert_eq!(empty.resolve(&target, GOOD, far()).await, Err(no_address()));
}

#[tokio::test]
async fn clients_that_are_gone_are_forgotten() {
    let silent = silent();
    for last in 0..100 {
        silent.good(IpAddr::from([198, 51, 100, last]).into(), far()).await.unwrap();
    }
    assert_eq!(silent.resolver.clients.lock().unwrap().len(), 1);
}
