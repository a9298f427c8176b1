//! An operator of a bridge, at its `--admin` address.

use std::collections::BTreeMap;

use bridge::listen::ListenAddress;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::{Duration, sleep};

use super::{exchange, soon, status};

/// How long is waited between two looks at what changes by itself.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Where a bridge listens for operators.
pub(crate) struct Operator(pub(crate) ListenAddress);

/// The samples of one scrape, by name and labels as they are written.
#[derive(Clone, Debug)]
pub(crate) struct Scrape {
    pub(crate) text: String,
    samples: BTreeMap<String, f64>,
}

impl Operator {
    /// The answer to a request with these further headers.
    pub(crate) async fn request(&self, method: &str, path: &str, headers: &str) -> String {
        let host = match &self.0 {
            ListenAddress::Tcp(address) => address.to_string(),
            ListenAddress::Unix(_) => "localhost".into(),
        };
        self.request_as(&host, method, path, headers).await
    }

    /// The same, under another name.
    pub(crate) async fn request_as(
        &self,
        host: &str,
        method: &str,
        path: &str,
        headers: &str,
    ) -> String {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        );
        match &self.0 {
            ListenAddress::Tcp(address) => {
                exchange(&mut TcpStream::connect(address).await.unwrap(), &request).await
            }
            #[cfg(unix)]
            ListenAddress::Unix(path) => {
                let mut stream = tokio::net::UnixStream::connect(path).await.unwrap();
                exchange(&mut stream, &request).await
            }
            #[cfg(not(unix))]
            ListenAddress::Unix(_) => unreachable!("such an address is refused"),
        }
    }

    /// The status of a GET.
    pub(crate) async fn status(&self, path: &str) -> String {
        status(&self.request("GET", path, "").await).into()
    }

    /// The body of a GET that succeeds.
    pub(crate) async fn body(&self, path: &str) -> String {
        let answer = self.request("GET", path, "").await;
        assert_eq!(status(&answer), "200", "{answer}");
        answer.split_once("\r\n\r\n").unwrap().1.into()
    }

    /// The open sessions.
    pub(crate) async fn sessions(&self) -> Vec<Value> {
        serde_json::from_str(&self.body("/sessions").await).unwrap()
    }

    /// The metrics, of which those of sessions always agree with each other.
    pub(crate) async fn scrape(&self) -> Scrape {
        let text = self.body("/metrics").await;
        let samples = text.lines().filter(|line| !line.starts_with('#')).map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap();
            (name.to_owned(), value.parse().unwrap())
        });
        let scrape = Scrape { samples: samples.collect(), text };
        let opened = scrape.value("tcp_bridge_sessions_opened_total");
        let closed = scrape.sum("tcp_bridge_sessions_closed_total");
        assert!(is(opened, closed + scrape.value("tcp_bridge_sessions_active")), "{scrape:?}");
        scrape
    }

    /// The metrics, once no session is open.
    pub(crate) async fn scrape_at_rest(&self) -> Scrape {
        soon(async {
            loop {
                let scrape = self.scrape().await;
                if is(scrape.value("tcp_bridge_sessions_active"), 0.0) {
                    return scrape;
                }
                sleep(POLL_INTERVAL).await;
            }
        })
        .await
    }
}

impl Scrape {
    /// The value of a sample, by its name and labels.
    pub(crate) fn value(&self, sample: &str) -> f64 {
        *self.samples.get(sample).unwrap_or_else(|| panic!("no {sample} in {}", self.text))
    }

    /// The sum of the samples of a name, whatever their labels.
    pub(crate) fn sum(&self, name: &str) -> f64 {
        let labelled = format!("{name}{{");
        let samples = self.samples.iter().filter(|(sample, _)| sample.starts_with(&labelled));
        samples.map(|(_, value)| value).sum()
    }

    /// The samples that are not 0, of a name, by the value of their one label.
    pub(crate) fn counts(&self, name: &str) -> BTreeMap<String, u64> {
        let samples = self.samples.iter().filter(|(_, value)| !is(**value, 0.0));
        let of_name = samples.filter_map(|(sample, value)| {
            let labels = sample.strip_prefix(name)?.strip_prefix('{')?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some((labels.split('"').nth(1)?.to_owned(), *value as u64))
        });
        of_name.collect()
    }
}

/// Whether two counts are the same.
fn is(one: f64, other: f64) -> bool {
    (one - other).abs() < f64::EPSILON
}
