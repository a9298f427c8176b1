//! The command itself: what it prints, how it ends.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Command, Output};

use crate::harness::process::{BRIDGE, Process};

fn run(args: &[&str]) -> Output {
    Command::new(BRIDGE).args(args).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The answer to one GET.
fn get(address: &str, path: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_prints_the_one_address_to_open_and_serves_there() {
    let (_bridge, line) = Process::bridge(&["--listen", "127.0.0.1:0", "--echo", "127.0.0.1:0"]);
    let address = line.strip_prefix("Open http://").unwrap().strip_suffix('/').unwrap();
    let answer = get(address, "/healthz");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_in_order() {
    for signal in ["-TERM", "-INT"] {
        for args in [
            &["--listen", "127.0.0.1:0", "--echo", "127.0.0.1:0"][..],
            &["echo", "--listen", "127.0.0.1:0"],
        ] {
            let (mut bridge, _) = Process::bridge(args);
            bridge.signal(signal);
            let status = bridge.0.wait().unwrap();
            assert_eq!(status.code(), Some(0), "{signal} {args:?}");
        }
    }
}

#[test]
fn an_address_that_is_taken_is_reported_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for args in [&["--listen", &address][..], &["echo", "--listen", &address]] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let error = stderr(&output);
        assert!(error.contains(&address) && error.contains("--listen"), "{error}");
    }
}

#[test]
fn a_value_that_cannot_be_used_is_refused_before_anything_starts() {
    let output = run(&["--allow", "localhost"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("\"localhost\" has no port"), "{}", stderr(&output));
}

#[test]
fn check_exits_with_zero_only_for_an_echo() {
    let (echo, line) = Process::bridge(&["echo", "--listen", "127.0.0.1:0"]);
    let target = line.strip_prefix("Listening on ").unwrap();
    let output = run(&["check", target, "你好"]);
    assert_eq!(output.status.code(), Some(0));
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(lines.contains("Sent 6 bytes, awaiting reply...\nReply is ok!\nTerminated.\n"));
    drop(echo);
    let output = run(&["check", target]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Failed to connect: "));
}

#[cfg(unix)]
#[test]
fn running_out_of_descriptors_is_survived() {
    const TOO_FEW: usize = 64;
    let script =
        format!("ulimit -n {TOO_FEW} && exec \"$0\" --listen 127.0.0.1:0 --echo 127.0.0.1:0");
    let (mut bridge, line) = Process::printing(Command::new("sh").args(["-c", &script, BRIDGE]));
    let address = line.strip_prefix("Open http://").unwrap().trim_end_matches('/');
    let mut log = BufReader::new(bridge.0.stderr.take().unwrap()).lines();
    let mut logged = |words: &str| log.any(|line| line.unwrap().contains(words));
    assert!(logged("file descriptors may be open"), "a cap that does not fit is not said");
    let crowd: Vec<_> =
        (0..2 * TOO_FEW).map(|_| std::net::TcpStream::connect(address).unwrap()).collect();
    assert!(logged("cannot accept a connection"));
    drop(crowd);
    let answer = get(address, "/healthz");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn an_echo_server_with_a_fault_says_so_and_has_it() {
    let (_echo, line) = Process::bridge(&["echo", "--listen", "127.0.0.1:0", "--fault", "upper"]);
    let target = line.strip_prefix("Listening on ").unwrap().strip_suffix(" with upper").unwrap();
    let output = run(&["check", target]);
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(lines.contains("Unexpected reply: HELLO!\nTerminated.\n"), "{lines}");
}

#[test]
fn an_echo_server_that_refuses_keeps_its_port_to_itself() {
    let (echo, line) = Process::bridge(&["echo", "--listen", "127.0.0.1:0", "--fault", "refuse"]);
    let (target, _) = line.strip_prefix("Nothing listens on ").unwrap().split_once(' ').unwrap();
    let output = run(&["check", target]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Failed to connect: "));
    let taken = run(&["echo", "--listen", target]);
    assert!(stderr(&taken).contains(target), "{}", stderr(&taken));
    drop(echo);
    drop(TcpListener::bind(target).unwrap());
}

#[test]
fn a_malformed_fault_is_refused_where_it_is_wrong() {
    for (fault, place) in [
        ("trunkate:3", "At character 1: no fault is called \"trunkate\"; there are truncate:N, "),
        ("truncate:-3", "At character 10: \"-3\" is not a number from 0 to "),
        ("split:2", "At character 8: a time like 200ms or 1s, at most 60s is missing."),
    ] {
        let output = run(&["echo", "--listen", "127.0.0.1:0", "--fault", fault]);
        assert_eq!(output.status.code(), Some(2), "{fault}");
        assert!(stderr(&output).contains(place), "{}", stderr(&output));
    }
}

#[test]
fn help_lists_the_faults() {
    let help = String::from_utf8(run(&["echo", "--help"]).stdout).unwrap();
    let help: String = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for form in echo_core::fault::forms() {
        assert!(help.contains(&form), "no {form} in {help}");
    }
}
