//! Counting per client what may happen only so often, in bounded memory.
//!
//! The arithmetic is governor's. Its own stores grow with every client, and it cannot say that a
//! client has nothing left without counting once more; both are done by the [`Store`] here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::peer::PeerKey;

/// The most clients that are counted apart; those beyond are counted together, so that neither an
/// attacker with very many addresses takes memory, nor anybody is forgotten.
const MAX_CLIENTS: usize = 16_384;

/// Whom something is counted for: a client, or all those for whom there is no room.
type Counted = Option<PeerKey>;

/// What each client may still do, and when.
#[derive(Debug)]
pub(super) struct Limiter<C: Clock = MonotonicClock> {
    counting: Keyed<C>,
    /// The same, but what it allows is not counted.
    asking: Keyed<C>,
    clients: Arc<Mutex<Clients>>,
    max_clients: usize,
    clock: C,
}

type Keyed<C> = RateLimiter<Counted, Store, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// When the next time of each client would come if it kept to the mean rate.
type Clients = HashMap<Counted, Nanos>;

impl Limiter {
    /// Creates a limiter by which each client may do something as often as `quota` says.
    pub(super) fn new(quota: Quota) -> Self {
        Self::with_clock(quota, MAX_CLIENTS, MonotonicClock)
    }
}

impl<C: Clock + Clone> Limiter<C> {
    fn with_clock(quota: Quota, max_clients: usize, clock: C) -> Self {
        let clients = Arc::<Mutex<Clients>>::default();
        let limiter = |counts| {
            RateLimiter::new(quota, Store { clients: clients.clone(), counts }, clock.clone())
        };
        Self { counting: limiter(true), asking: limiter(false), clients, max_clients, clock }
    }

    /// Counts that a client does it, if it may.
    ///
    /// # Errors
    /// Returns how long the client has to wait, if it may not do it now. Nothing is counted then.
    pub(super) fn count(&self, client: PeerKey) -> Result<(), Duration> {
        self.check(&self.counting, client)
    }

    /// Checks whether a client may do it now, without counting it.
    ///
    /// # Errors
    /// Returns how long it has to wait.
    pub(super) fn ask(&self, client: PeerKey) -> Result<(), Duration> {
        self.check(&self.asking, client)
    }

    fn check(&self, limiter: &Keyed<C>, client: PeerKey) -> Result<(), Duration> {
        let counted = self.counted(client);
        limiter.check_key(&counted).map_err(|refusal| refusal.wait_time_from(self.clock.now()))
    }

    /// Returns whom to count for. Where there is no room, those make some who could do as much as if
    /// they had never come.
    fn counted(&self, client: PeerKey) -> Counted {
        let client = Some(client);
        let has_room = || {
            let clients = lock(&self.clients);
            clients.contains_key(&client) || clients.len() < self.max_clients
        };
        if has_room() {
            return client;
        }
        self.counting.retain_recent();
        client.filter(|_| has_room())
    }
}

/// Keeps what each client has done.
#[derive(Debug)]
struct Store {
    clients: Arc<Mutex<Clients>>,
    /// Whether what is allowed counts.
    counts: bool,
}

impl StateStore for Store {
    type Key = Counted;

    fn measure_and_replace<T, F, E>(&self, key: &Counted, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut clients = lock(&self.clients);
        let (outcome, next) = measure(clients.get(key).copied())?;
        if self.counts {
            clients.insert(*key, next);
        }
        Ok(outcome)
    }
}

impl ShrinkableKeyedStateStore<Counted> for Store {
    fn retain_recent(&self, drop_below: Nanos) {
        lock(&self.clients).retain(|_, next| *next > drop_below);
    }

    fn len(&self) -> usize {
        lock(&self.clients).len()
    }

    fn is_empty(&self) -> bool {
        lock(&self.clients).is_empty()
    }
}

/// Locks the clients. Nothing panics halfway through a change, so a poisoned lock guards consistent
/// ones.
fn lock(clients: &Mutex<Clients>) -> MutexGuard<'_, Clients> {
    clients.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::num::NonZeroU32;

    use governor::clock::FakeRelativeClock;

    use super::*;

    const A: PeerKey = PeerKey::Ip(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)));
    const B: PeerKey = PeerKey::Ip(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2)));
    const C: PeerKey = PeerKey::Ip(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 3)));

    /// Two at once, and one more each second, of at most so many clients.
    fn limiter(max_clients: usize) -> (Limiter<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let quota = Quota::per_second(NonZeroU32::MIN).allow_burst(NonZeroU32::new(2).unwrap());
        (Limiter::with_clock(quota, max_clients, clock.clone()), clock)
    }

    #[test]
    fn each_client_has_its_own_count_which_comes_back_with_time() {
        let (limiter, clock) = limiter(10);
        assert_eq!([limiter.count(A), limiter.count(A)], [Ok(()), Ok(())]);
        assert_eq!(limiter.count(A), Err(Duration::from_secs(1)));
        assert_eq!(limiter.count(B), Ok(()));
        clock.advance(Duration::from_millis(400));
        assert_eq!(limiter.count(A), Err(Duration::from_millis(600)));
        clock.advance(Duration::from_millis(600));
        assert_eq!(limiter.count(A), Ok(()));
        assert!(limiter.count(A).is_err());
    }

    #[test]
    fn asking_counts_nothing() {
        let (limiter, _) = limiter(10);
        for _ in 0..5 {
            assert_eq!(limiter.ask(A), Ok(()));
        }
        limiter.count(A).unwrap();
        limiter.count(A).unwrap();
        assert_eq!(limiter.ask(A), Err(Duration::from_secs(1)));
    }

    #[test]
    fn clients_beyond_the_bound_share_a_count_until_there_is_room() {
        let (limiter, clock) = limiter(1);
        limiter.count(A).unwrap();
        assert_eq!([limiter.count(B), limiter.count(C)], [Ok(()), Ok(())]);
        assert!(limiter.count(B).is_err() && limiter.count(C).is_err());
        assert_eq!(limiter.count(A), Ok(()));
        assert!(limiter.clients.lock().unwrap().len() <= 2);
        clock.advance(Duration::from_mins(1));
        assert_eq!(limiter.count(B), Ok(()));
        assert_eq!(limiter.clients.lock().unwrap().len(), 1);
    }
}
