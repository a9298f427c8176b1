//! Prometheus, as Debian has it, with the files in `deploy`.

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use bridge::listen::ListenAddress;
use echo_core::wire::ClientMessage;
use serde_json::Value;
use tokio::time::{Duration, sleep};

use crate::harness::client::Client;
use crate::harness::process::Process;
use crate::harness::services::{HeldPort, program, repository_file, start, verdict, verdict_on};
use crate::harness::{Bridge, http, soon};

/// How many sessions the bridge has had.
const SESSIONS: usize = 7;
/// How long is waited between two looks at what changes by itself.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// A bridge that has had [`SESSIONS`] sessions, each of which echoed six bytes.
async fn used_bridge() -> Bridge {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0"]).await;
    for _ in 0..SESSIONS {
        let mut client = Client::open(&bridge, "").await;
        client.send(b"Hello!").await;
        client.send_control(ClientMessage::Finish).await;
        assert_eq!(client.receive_all().await.code, 1000);
    }
    bridge
}

#[tokio::test]
async fn promtool_finds_nothing_wrong_with_the_metrics() {
    let scrape = used_bridge().await.operator().scrape_at_rest().await;
    let mut promtool = Command::new(program("promtool"));
    let (is_clean, said) = verdict_on(promtool.args(["check", "metrics"]), &scrape.text);
    assert!(is_clean && said.is_empty(), "{said}");
}

#[test]
fn promtool_finds_nothing_wrong_with_the_rules() {
    let mut promtool = Command::new(program("promtool"));
    let rules = repository_file("deploy/prometheus/rules.yml");
    let (is_valid, said) = verdict(promtool.args(["check", "rules"]).arg(rules));
    assert!(is_valid && said.contains("SUCCESS"), "{said}");
}

/// The names of metrics of the bridge in a text, less what a histogram's samples add to them.
fn names(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let prefixes = ["tcp_bridge_", "process_"];
    let names = words.filter(|word| prefixes.iter().any(|prefix| word.starts_with(prefix)));
    let suffixes = ["_bucket", "_count", "_sum"];
    names
        .map(|name| suffixes.iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name))
        .collect()
}

#[tokio::test]
async fn rules_dashboard_and_documentation_name_metrics_that_are_there() {
    let text = used_bridge().await.operator().scrape().await.text;
    let known = names(&text);
    for file in
        ["deploy/prometheus/rules.yml", "deploy/grafana/dashboard.json", "docs/operations.md"]
    {
        let text = fs::read_to_string(repository_file(file)).unwrap();
        let named = names(&text);
        assert!(!named.is_empty() && named.is_subset(&known), "{file}: {named:?}");
        if file.starts_with("docs") {
            let own = known.iter().filter(|name| name.starts_with("tcp_bridge_"));
            let missing: Vec<_> = own.filter(|name| !named.contains(*name)).collect();
            assert!(missing.is_empty(), "{file} does not have {missing:?}");
        }
    }
}

#[test]
fn the_dashboard_is_json_and_each_of_its_panels_asks_for_something() {
    let text = fs::read_to_string(repository_file("deploy/grafana/dashboard.json")).unwrap();
    let dashboard: Value = serde_json::from_str(&text).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    assert!(!panels.is_empty());
    for panel in panels {
        assert!(panel["targets"][0]["expr"].is_string(), "{panel}");
    }
}

/// A Prometheus that scrapes one bridge, with its folder, which is removed with it.
struct Prometheus {
    process: Process,
    port: HeldPort,
    folder: PathBuf,
}

impl Prometheus {
    fn start(bridge: SocketAddr) -> Self {
        let folder = std::env::temp_dir().join(format!("prometheus-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let config = folder.join("prometheus.yml");
        let rules = repository_file("deploy/prometheus/rules.yml");
        let text = format!(
            "global: {{ scrape_interval: 200ms, evaluation_interval: 200ms }}\n\
             rule_files: [ \"{}\" ]\n\
             scrape_configs:\n\
             - job_name: tcp-bridge\n  static_configs: [ {{ targets: [ \"{bridge}\" ] }} ]\n",
            rules.display()
        );
        fs::write(&config, text).unwrap();
        let port = HeldPort::new();
        let mut command = Command::new(program("prometheus"));
        command.arg(format!("--config.file={}", config.display()));
        command.arg(format!("--storage.tsdb.path={}", folder.join("data").display()));
        command.arg(format!("--web.listen-address={}", port.address()));
        Self { process: start(&mut command), port, folder }
    }

    /// Waits until it is ready.
    async fn ready(&self) {
        soon(async {
            while tokio::net::TcpStream::connect(self.port.address()).await.is_err() {
                sleep(POLL_INTERVAL).await;
            }
        })
        .await;
    }

    /// What its API answers.
    async fn ask(&self, path: &str) -> Value {
        // HTTP/1.0 has no chunks.
        let answer = http(self.port.address(), &format!("GET {path} HTTP/1.0\r\n\r\n")).await;
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        // It may not be ready for questions yet.
        serde_json::from_str(body).unwrap_or_default()
    }

    /// The value of an expression, once it has one.
    async fn value(&self, expression: &str) -> String {
        soon(async {
            loop {
                let answer = self.ask(&format!("/api/v1/query?query={expression}")).await;
                if let Some(value) = answer["data"]["result"][0]["value"][1].as_str() {
                    return value.to_owned();
                }
                sleep(POLL_INTERVAL).await;
            }
        })
        .await
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        let _ = self.process.0.kill();
        let _ = self.process.0.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn prometheus_scrapes_a_bridge_and_evaluates_the_rules() {
    let bridge = used_bridge().await;
    bridge.operator().scrape_at_rest().await;
    let ListenAddress::Tcp(address) = bridge.operator().0 else { panic!("it is TCP") };
    let prometheus = Prometheus::start(address);
    prometheus.ready().await;
    assert_eq!(prometheus.value("up").await, "1");
    for (metric, value) in [
        ("tcp_bridge_sessions_opened_total", SESSIONS),
        ("sum(tcp_bridge_sessions_closed_total)", SESSIONS),
        ("tcp_bridge_sessions_active", 0),
        ("sum(tcp_bridge_bytes_total)", SESSIONS * 12),
    ] {
        assert_eq!(prometheus.value(metric).await, value.to_string(), "{metric}");
    }
    let rules = soon(async {
        loop {
            let answer = prometheus.ask("/api/v1/rules").await;
            let rules = answer["data"]["groups"][0]["rules"].as_array().cloned();
            let rules = rules.unwrap_or_default();
            let evaluated = |rule: &Value| rule["health"] != "unknown";
            if !rules.is_empty() && rules.iter().all(evaluated) {
                return rules;
            }
            sleep(POLL_INTERVAL).await;
        }
    })
    .await;
    for rule in rules {
        assert_eq!(rule["health"], "ok", "{rule}");
        assert_eq!(rule["state"], "inactive", "{rule}");
    }
}
