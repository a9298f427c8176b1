//! How many sessions one client may have, and how many it may open in a second.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use echo_core::wire::{Failure, Kind, Stage};
use governor::Quota;

use super::limiter::Limiter;
use super::proxies::Proxies;
use crate::config::{AccessFlags, PerClient};
use crate::endpoint::Endpoint;
use crate::peer::PeerKey;
use crate::targets::canonical;

/// The most sessions of one client, and the most that it opens in a second, where no flag says it
/// and the client is not on this machine.
const DEFAULT: NonZeroU32 = NonZeroU32::new(64).unwrap();

/// The flags that bound it, which the messages name.
const SESSIONS_FLAG: &str = "--max-sessions-per-client";
const OPENS_FLAG: &str = "--max-opens-per-client";

/// The sessions of all clients. A client is an IPv4 address, or an IPv6 network of 64 bits.
#[derive(Debug)]
pub(crate) struct Clients {
    max_sessions: Option<PerClient>,
    max_opens: Option<PerClient>,
    /// Who is a proxy, even on loopback.
    proxies: Proxies,
    /// How many sessions each client has. Nobody has none, so it is as bounded as the sessions.
    sessions: Mutex<HashMap<PeerKey, u32>>,
    opens: Limiter,
}

impl Clients {
    pub(super) fn new(flags: &AccessFlags) -> Self {
        let opens = flags.max_opens_per_client.and_then(PerClient::limit).unwrap_or(DEFAULT);
        Self {
            max_sessions: flags.max_sessions_per_client,
            max_opens: flags.max_opens_per_client,
            proxies: Proxies::new(&flags.trusted_proxy),
            sessions: Mutex::default(),
            opens: Limiter::new(Quota::per_second(opens)),
        }
    }

    /// Counts a session of `client` until the result is dropped.
    ///
    /// # Errors
    /// Fails if the client has, or opens, too many.
    pub(crate) fn admit(self: &Arc<Self>, client: Endpoint) -> Result<ClientSession, Failure> {
        let key = PeerKey::from(client);
        if let Some(max) = self.limit(self.max_opens, client)
            && self.opens.count(key).is_err()
        {
            return Err(too_many(&format!(
                "{} opens over {max} in a second ({OPENS_FLAG})",
                client.name()
            )));
        }
        let mut sessions = self.sessions();
        let open = sessions.get(&key).copied().unwrap_or(0);
        if let Some(max) = self.limit(self.max_sessions, client)
            && open >= max.get()
        {
            return Err(too_many(&format!(
                "{} has {open} sessions ({SESSIONS_FLAG})",
                client.name()
            )));
        }
        sessions.insert(key, open + 1);
        Ok(ClientSession { clients: self.clone(), key })
    }

    /// Returns what a flag bounds for `client`. Without the flag, loopback and Unix sockets have no
    /// bound: behind a proxy that is not known as one, everybody comes from there. One that is known
    /// has, since whoever it does not name counts as the proxy.
    fn limit(&self, flag: Option<PerClient>, client: Endpoint) -> Option<NonZeroU32> {
        let is_bounded = |ip| !canonical(ip).is_loopback() || self.proxies.contains(ip);
        match flag {
            Some(flag) => flag.limit(),
            None => client.ip().is_some_and(is_bounded).then_some(DEFAULT),
        }
    }

    /// Locks the counts. Nothing panics halfway through a change, so a poisoned lock guards
    /// consistent ones.
    fn sessions(&self) -> MutexGuard<'_, HashMap<PeerKey, u32>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn too_many(message: &str) -> Failure {
    Failure::new(Stage::Limit, Kind::TooMany, message)
}

/// One session of a client, as long as it is not dropped.
#[derive(Debug)]
pub(crate) struct ClientSession {
    clients: Arc<Clients>,
    key: PeerKey,
}

impl Drop for ClientSession {
    fn drop(&mut self) {
        let mut sessions = self.clients.sessions();
        if let Some(open) = sessions.get_mut(&self.key) {
            *open -= 1;
            if *open == 0 {
                sessions.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::*;

    fn clients(sessions: Option<&str>, opens: Option<&str>) -> Arc<Clients> {
        let parse = |text: &str| text.parse().unwrap();
        Arc::new(Clients::new(&AccessFlags {
            max_sessions_per_client: sessions.map(parse),
            max_opens_per_client: opens.map(parse),
            ..AccessFlags::default()
        }))
    }

    fn endpoint(address: &str) -> Endpoint {
        SocketAddr::new(address.parse().unwrap(), 50_000).into()
    }

    /// How many sessions of `address` can be opened before one is refused, at most 200, and why.
    fn open(clients: &Arc<Clients>, address: &str) -> (Vec<ClientSession>, String) {
        let mut open = Vec::new();
        while open.len() < 200 {
            match clients.admit(endpoint(address)) {
                Ok(session) => open.push(session),
                Err(refusal) => return (open, refusal.message),
            }
        }
        (open, String::new())
    }

    #[test]
    fn without_flags_others_have_64_sessions_and_this_machine_any_number() {
        let clients = clients(None, Some("off"));
        let (others, why) = open(&clients, "192.0.2.7");
        assert_eq!(
            (others.len(), &*why),
            (64, "192.0.2.7 has 64 sessions (--max-sessions-per-client)")
        );
        assert_eq!(open(&clients, "127.0.0.1").0.len(), 200);
        assert_eq!(open(&clients, "::1").0.len(), 200);
    }

    #[test]
    fn a_trusted_proxy_on_this_machine_is_bounded_as_others_are() {
        let clients = Arc::new(Clients::new(&AccessFlags {
            max_opens_per_client: Some("off".parse().unwrap()),
            trusted_proxy: vec!["127.0.0.1".parse().unwrap()],
            ..AccessFlags::default()
        }));
        assert_eq!(open(&clients, "127.0.0.1").0.len(), 64);
        assert_eq!(open(&clients, "127.0.0.2").0.len(), 200);
    }

    #[test]
    fn a_flag_bounds_every_client_or_none() {
        assert_eq!(open(&clients(Some("3"), Some("off")), "127.0.0.1").0.len(), 3);
        assert_eq!(open(&clients(Some("off"), Some("off")), "192.0.2.7").0.len(), 200);
    }

    #[test]
    fn a_session_that_ended_makes_room_and_nothing_is_kept_of_a_client_without_any() {
        let clients = clients(Some("2"), Some("off"));
        let (mut sessions, _) = open(&clients, "192.0.2.7");
        sessions.pop();
        assert_eq!(open(&clients, "192.0.2.7").0.len(), 1);
        drop(sessions);
        assert!(clients.sessions().is_empty());
    }

    #[test]
    fn an_ipv6_network_is_one_client() {
        let clients = clients(Some("2"), Some("off"));
        let (_sessions, _) = open(&clients, "2001:db8::1");
        assert_eq!(open(&clients, "2001:db8::2").0.len(), 0);
        assert_eq!(open(&clients, "2001:db8:0:1::1").0.len(), 2);
    }

    #[test]
    fn whoever_opens_too_many_in_a_second_is_told_so() {
        let clients = clients(Some("off"), Some("5"));
        let (sessions, why) = open(&clients, "192.0.2.7");
        // A slow machine gives one more now and then.
        assert!((5..20).contains(&sessions.len()), "{}", sessions.len());
        assert!(why.contains("over 5 in a second (--max-opens-per-client)"), "{why}");
        assert!(clients.admit(endpoint("192.0.2.8")).is_ok());
    }
}
