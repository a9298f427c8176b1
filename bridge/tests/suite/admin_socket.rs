//! The address that operators use: a Unix socket, and one that others can reach.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use bridge::Shutdown;
use bridge::admin::Listener;
use bridge::listen::ListenAddress;

use crate::harness::Bridge;
use crate::harness::process::{self, Process};

/// A folder that is removed with the test; `name` tells it from those of other tests.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("admin-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn socket(&self) -> PathBuf {
        self.0.join("admin.sock")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn flag(path: &Path) -> String {
    ListenAddress::Unix(path.into()).to_string()
}

/// Why nobody can listen at this path.
fn refusal(path: &Path) -> String {
    Listener::bind(&ListenAddress::Unix(path.into())).unwrap_err().to_string()
}

#[tokio::test]
async fn it_is_served_over_a_unix_socket_whose_file_goes_with_the_bridge() {
    let folder = Folder::new("served");
    let path = folder.socket();
    let mut bridge = Bridge::start(&["--admin", &flag(&path)]).await;
    let operator = bridge.operator();
    operator.scrape().await;
    // It has no name, so that it can be called by any.
    operator.request_as("anything.example", "GET", "/sessions", "").await;
    bridge.shut_down(Shutdown::Restart);
    bridge.stopped().await;
    assert!(!path.exists());
}

#[tokio::test]
async fn a_socket_on_which_nobody_listens_any_more_is_replaced() {
    let folder = Folder::new("stale");
    let path = folder.socket();
    drop(UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    let bridge = Bridge::start(&["--admin", &flag(&path)]).await;
    bridge.operator().scrape().await;
}

#[tokio::test]
async fn what_is_at_the_path_already_stays_and_is_named() {
    let folder = Folder::new("taken");
    let path = folder.socket();
    let _other = UnixListener::bind(&path).unwrap();
    let taken = refusal(&path);
    assert!(taken.contains(&flag(&path)) && taken.contains("listens there already"), "{taken}");
    assert!(taken.contains("--admin takes another path"), "{taken}");
    let file = folder.0.join("file");
    fs::write(&file, "precious").unwrap();
    let is_file = refusal(&file);
    assert!(is_file.contains("not a socket"), "{is_file}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
    let nowhere = refusal(&folder.0.join("missing/admin.sock"));
    assert!(nowhere.contains("No such file or directory"), "{nowhere}");
}

#[test]
fn an_address_that_others_can_reach_is_warned_of() {
    let mut command = process::bridge();
    command.args(["--admin", "0.0.0.0:0"]).stderr(Stdio::piped());
    let (mut bridge, _) = Process::serving(&mut command);
    let log = BufReader::new(bridge.0.stderr.take().unwrap());
    let warning = log.lines().map(Result::unwrap).find(|line| line.contains(" WARN "));
    let warning = warning.expect("a warning");
    assert!(warning.contains("--admin 0.0.0.0:") && warning.contains("can end them"), "{warning}");
}
