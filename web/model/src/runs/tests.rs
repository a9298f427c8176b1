//! The document with the runs: what is written is read, and whatever else comes is refused.

use echo_core::payload::LineEnding;
use echo_core::wire::{BridgeMessage, Kind, PacketTold, Stage};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::document::Document;
use super::file::{Entry, FORMAT, ImportError, MAX_FILE, read, write};
use super::list::MAX_RUNS;
use super::record::{Exchanges, LogLine, MAX_LINES, RunOutcome, RunRecord};
use super::recording::{MAX_ROWS, RecordedEvent, RecordedLine, RecordedRow, Recording};
use super::request::{MAX_NAME, MAX_REQUESTS, Request};
use crate::bounded_bytes::{BoundedBytes, MAX_COPIED_BYTES};
use crate::cause::Cause;
use crate::connection::TraceEntry;
use crate::expected_reply::ExpectedReply;
use crate::modes::Mode;
use crate::role::Role;
use crate::setup::Setup;
use crate::time::Micros;
use crate::transcript::{Direction, TargetEvidence};

fn record() -> RunRecord {
    let line = |at_us, text: &str, sent| LogLine { at_us, text: text.into(), sent, received: None };
    RunRecord {
        finished_ms: 1_795_404_501_000,
        mode: Mode::Once,
        role: Role::Client,
        target: "localhost:8888".into(),
        message: BoundedBytes::copy_of(b"Hello!"),
        expected: None,
        reply: BoundedBytes::copy_of(b"Hel"),
        extra: BoundedBytes::default(),
        outcome: RunOutcome::CutShort,
        cause: Some(Cause::Failed(Stage::Read, Kind::Reset)),
        tcp_us: None,
        browser_us: Some(1_400),
        clock_us: 100,
        lines: vec![line(400, "Sent Hello, awaiting reply...", Some(6))],
        exchanges: None,
        recording: None,
    }
}

/// A vector with one value of each variant; a match without a wildcard, so that none is left out.
macro_rules! every {
    ($type:ident: $($variant:ident $(($($item:expr),*))?),* $(,)?) => {{
        let _ = |value: &$type| match value { $($type::$variant { .. } => {})* };
        vec![$($type::$variant $(($($item),*))?),*]
    }};
}

fn outcomes() -> Vec<RunOutcome> {
    every! { RunOutcome:
        Same, Different, Received, CutShort, TimedOut, Stopped, NotConnected, GivenUp, Finished,
        Broken, Reset, Disconnected, Repeated
    }
}

fn causes() -> Vec<Cause> {
    every! { Cause:
        EarlyEnd, Failed(Stage::Policy, Kind::Forbidden), NoBridge, PageRefused, BridgeGone,
        Closed(1013)
    }
}

/// Writes a document with these runs.
fn written(runs: &[RunRecord]) -> String {
    write(&Document { runs: runs.to_vec(), requests: vec![] })
}

/// Reads the runs of a document.
fn runs(text: &str) -> Result<Vec<RunRecord>, ImportError> {
    read(text).map(|document| document.runs)
}

fn document(changed: impl FnOnce(&mut Value)) -> String {
    let mut document = serde_json::from_str(&written(&[record()])).unwrap();
    changed(&mut document);
    document.to_string()
}

#[test]
fn the_format_is_the_one_that_is_documented() {
    let expected = json!({
        "format": FORMAT,
        "version": 2,
        "requests": [],
        "runs": [{
            "when": 1_795_404_501_000_u64,
            "how": "once",
            "target": "localhost:8888",
            "message": { "length": 6, "hex": "48 65 6c 6c 6f 21" },
            "reply": { "length": 3, "hex": "48 65 6c" },
            "outcome": "cut_short",
            "cause": { "failed": ["read", "reset"] },
            "browser_us": 1_400,
            "clock_us": 100,
            "lines": [{ "at_us": 400, "text": "Sent Hello, awaiting reply...", "sent": 6 }],
        }],
    });
    let written: Value = serde_json::from_str(&written(&[record()])).unwrap();
    assert_eq!(written, expected);
    assert_eq!(runs(&expected.to_string()), Ok(vec![record()]));
}

#[test]
fn a_document_is_written_in_the_order_that_is_documented() {
    let whole = RunRecord {
        expected: Some(BoundedBytes::default()),
        extra: BoundedBytes::copy_of(b"!"),
        tcp_us: Some(85),
        exchanges: Some(Exchanges { done: 2, same: 1 }),
        ..record()
    };
    let expected = concat!(
        r#"{"format":"echo-playground-runs","version":2,"requests":[],"runs":[{"when":1795404501000,"#,
        r#""how":"once","target":"localhost:8888","message":{"length":6,"hex":"48 65 6c 6c 6f 21"},"#,
        r#""expected":{"length":0,"hex":""},"reply":{"length":3,"hex":"48 65 6c"},"#,
        r#""extra":{"length":1,"hex":"21"},"outcome":"cut_short","#,
        r#""cause":{"failed":["read","reset"]},"tcp_us":85,"browser_us":1400,"clock_us":100,"#,
        r#""lines":[{"at_us":400,"text":"Sent Hello, awaiting reply...","sent":6}],"#,
        r#""exchanges":{"done":2,"same":1}}]}"#,
    );
    assert_eq!(written(&[whole]), expected);
}

#[test]
fn outcomes_and_causes_have_the_names_that_are_documented() {
    let expected = json!([
        "same",
        "different",
        "received",
        "cut_short",
        "timed_out",
        "stopped",
        "not_connected",
        "given_up",
        "finished",
        "broken",
        "reset",
        "disconnected",
        "repeated"
    ]);
    assert_eq!(serde_json::to_value(outcomes()).unwrap(), expected);
    let expected = json!([
        "early_end", { "failed": ["policy", "forbidden"] }, "no_bridge", "page_refused",
        "bridge_gone", { "closed": 1013 }
    ]);
    assert_eq!(serde_json::to_value(causes()).unwrap(), expected);
}

#[test]
fn a_repetition_stands_there_with_its_exchanges() {
    let repeated = RunRecord {
        mode: Mode::Load,
        outcome: RunOutcome::Repeated,
        exchanges: Some(Exchanges { done: 1_000, same: 998 }),
        ..record()
    };
    let text = written(std::slice::from_ref(&repeated));
    let written: Value = serde_json::from_str(&text).unwrap();
    let run = &written["runs"][0];
    assert_eq!((&run["how"], &run["outcome"]), (&json!("load"), &json!("repeated")));
    assert_eq!(run["exchanges"], json!({ "done": 1_000, "same": 998 }));
    assert_eq!(runs(&text), Ok(vec![repeated]));
}

#[test]
fn a_file_that_is_none_is_refused_with_what_is_wrong() {
    for (text, refusal) in [
        (String::new(), ImportError::NotJson { line: 1 }),
        ("Hello!\n".into(), ImportError::NotJson { line: 1 }),
        ("{\n\"format\":".into(), ImportError::NotJson { line: 2 }),
        ("[".repeat(100_000), ImportError::NotRuns),
        ("[]".into(), ImportError::NotRuns),
        ("{}".into(), ImportError::NotRuns),
        (document(|it| it["format"] = "har".into()), ImportError::NotRuns),
        (document(|it| it["version"] = 0.into()), ImportError::NotRuns),
        (document(|it| it["version"] = "1".into()), ImportError::NotRuns),
        (document(|it| it["version"] = 3.into()), ImportError::Newer(3)),
        (" ".repeat(MAX_FILE as usize + 1), ImportError::TooLong),
    ] {
        assert_eq!(read(&text), Err(refusal), "{}", text.chars().take(60).collect::<String>());
    }
}

#[test]
fn a_newer_version_is_told_even_if_its_runs_are_unlike_ours() {
    let newer = document(|it| {
        it["version"] = 7.into();
        it["runs"] = "elsewhere".into();
    });
    assert_eq!(read(&newer), Err(ImportError::Newer(7)));
}

#[test]
fn one_wrong_run_refuses_the_whole_file() {
    let wrong: [fn(&mut Value); 12] = [
        |run| run["when"] = (-1).into(),
        |run| run["when"] = "today".into(),
        |run| run["how"] = "twice".into(),
        |run| run["message"]["hex"] = "4".into(),
        |run| run["message"]["length"] = 2.into(),
        |run| run["message"]["length"] = 1e300.into(),
        |run| run["lines"] = 7.into(),
        |run| run["target"] = Value::Null,
        |run| run["outcome"] = "unheard_of".into(),
        |run| run["exchanges"] = 7.into(),
        |run| run["exchanges"] = json!({ "done": 7 }),
        |run| run["exchanges"] = json!({ "done": 7, "same": 8 }),
    ];
    for change in wrong {
        let text = document(|it| change(&mut it["runs"][0]));
        assert!(
            matches!(read(&text), Err(ImportError::Damaged { entry: Entry::Run(1), .. })),
            "{text}"
        );
    }
}

#[test]
fn what_is_wrong_in_a_run_is_told_with_its_path() {
    type Change = fn(&mut Value);
    let wrong: [(Change, &str); 10] = [
        (|run| run["when"] = "today".into(), "when"),
        (|run| *run = json!({}), "when"),
        (|run| *run = 7.into(), "runs"),
        (|run| drop(run.as_object_mut().unwrap().remove("outcome")), "outcome"),
        (|run| run["outcome"] = "unheard_of".into(), "outcome"),
        (|run| run["message"]["hex"] = "4".into(), "message"),
        (|run| run["message"] = json!({ "hex": "" }), "message.length"),
        (|run| run["lines"][0]["sent"] = (-1).into(), "lines[0].sent"),
        (|run| run["lines"][0] = json!({ "at_us": 1 }), "lines[0].text"),
        (|run| run["cause"] = json!({ "closed": 65_536 }), "cause.closed"),
    ];
    for (change, path) in wrong {
        let text = document(|it| change(&mut it["runs"][0]));
        assert_eq!(
            read(&text),
            Err(ImportError::Damaged { entry: Entry::Run(1), path: path.into() })
        );
    }
}

#[test]
fn a_run_that_holds_more_than_one_may_is_refused() {
    let unbounded: [fn(&mut Value); 4] = [
        |run| run["when"] = u64::MAX.into(),
        |run| run["target"] = "x".repeat(301).into(),
        |run| run["lines"] = vec![run["lines"][0].clone(); 17].into(),
        |run| run["lines"][0]["text"] = "x".repeat(2_000).into(),
    ];
    for change in unbounded {
        let text = document(|it| {
            let good = it["runs"][0].clone();
            change(&mut it["runs"][0]);
            it["runs"].as_array_mut().unwrap().insert(0, good);
        });
        assert_eq!(read(&text), Err(ImportError::Unbounded { run: 2 }));
    }
}

#[test]
fn keys_that_are_unknown_are_passed_over() {
    let text = document(|it| {
        it["by"] = "another page".into();
        it["runs"][0]["note"] = "seen in class".into();
    });
    assert_eq!(runs(&text), Ok(vec![record()]));
}

#[test]
fn a_file_of_version_1_is_read() {
    let older = document(|it| {
        it["version"] = 1.into();
        it.as_object_mut().unwrap().remove("requests");
    });
    assert_eq!(read(&older), Ok(Document { runs: vec![record()], requests: vec![] }));
    let empty = json!({ "format": FORMAT, "version": 2, "runs": [] }).to_string();
    assert_eq!(read(&empty), Err(ImportError::NotRuns), "version 2 has requests");
}

fn request() -> Request {
    let setup = Setup {
        to: Some("localhost:6379".into()),
        message: "PING".into(),
        ending: LineEnding::CrLf,
        mode: Mode::Interactive,
        expected: ExpectedReply::Bytes(b"+PONG".to_vec()),
        ..Setup::default()
    };
    Request::new(" Redis PING ", setup).unwrap()
}

#[test]
fn a_request_has_the_keys_of_a_link_and_leaves_out_what_is_at_its_default() {
    let plain = Request::new("Hello", Setup::default()).unwrap();
    let text = write(&Document { requests: vec![request(), plain.clone()], runs: vec![] });
    let written: Value = serde_json::from_str(&text).unwrap();
    let expected = json!([
        {
            "name": "Redis PING", "to": "localhost:6379", "msg": "PING", "end": "crlf",
            "how": "interactive", "expect": "these:2b 50 4f 4e 47",
        },
        { "name": "Hello", "msg": "Hello!" },
    ]);
    assert_eq!(written["requests"], expected);
    assert_eq!(read(&text).unwrap().requests, [request(), plain]);
}

#[test]
fn a_request_that_holds_more_than_one_may_is_refused() {
    let wrong: [fn(&mut Value); 6] = [
        |it| it["name"] = " ".into(),
        |it| it["name"] = "x".repeat(MAX_NAME + 1).into(),
        |it| it["msg"] = "x".repeat(4_097).into(),
        |it| it["to"] = "x".repeat(301).into(),
        |it| it["expect"] = "nothing".into(),
        |it| drop(it.as_object_mut().unwrap().remove("msg")),
    ];
    for change in wrong {
        let text = document(|it| {
            it["requests"] = json!([{ "name": "good", "msg": "" }, request()]);
            change(&mut it["requests"][1]);
        });
        let entry = Entry::Request(2);
        assert!(
            matches!(read(&text), Err(ImportError::Damaged { entry: it, .. }) if it == entry),
            "{text}"
        );
    }
    let many = document(|it| it["requests"] = vec![json!(request()); MAX_REQUESTS + 1].into());
    assert_eq!(read(&many), Err(ImportError::TooManyRequests));
}

fn row(event: RecordedEvent, evidence: TargetEvidence) -> RecordedRow {
    RecordedRow { at_us: 400, event, evidence }
}

fn recording() -> Recording {
    let measured = TargetEvidence::MeasuredAt(Micros(116));
    let read = BridgeMessage::Read { bytes: 3, at_us: 517 };
    Recording {
        rows: vec![
            row(RecordedEvent::Printed(RecordedLine::Connected(8888)), measured),
            row(RecordedEvent::Sent(6), TargetEvidence::Unknown),
            row(RecordedEvent::Printed(RecordedLine::Sent), TargetEvidence::Unknown),
            row(RecordedEvent::Finished(Direction::Received), TargetEvidence::Reported),
        ],
        more_rows: 2,
        trace: vec![TraceEntry::Message(read), TraceEntry::Finish],
        more_trace: 0,
    }
}

#[test]
fn a_recording_is_written_as_documented_and_read() {
    let run = RunRecord { recording: Some(recording()), ..record() };
    let text = written(std::slice::from_ref(&run));
    let written: Value = serde_json::from_str(&text).unwrap();
    let expected = json!({
        "rows": [
            { "at_us": 400, "event": { "printed": { "connected": 8888 } },
              "evidence": { "measured_at": 116 } },
            { "at_us": 400, "event": { "sent": 6 } },
            { "at_us": 400, "event": { "printed": "sent" } },
            { "at_us": 400, "event": { "finished": "received" }, "evidence": "reported" },
        ],
        "more_rows": 2,
        "trace": [{ "message": { "type": "read", "bytes": 3, "at_us": 517 } }, "finish"],
    });
    assert_eq!(written["runs"][0]["recording"], expected);
    assert_eq!(runs(&text), Ok(vec![run]));
}

#[test]
fn a_recording_that_holds_more_than_one_may_is_refused() {
    let error = || RecordedEvent::Failed("x".repeat(1_001));
    let packet = || {
        let data = "A".repeat(9_000);
        let packet = PacketTold { at_ns: 0, link: 1, length: 9_000, data };
        TraceEntry::Message(BridgeMessage::Packet(packet))
    };
    let unbounded: [Recording; 3] = [
        Recording {
            rows: vec![row(RecordedEvent::Sent(1), TargetEvidence::Unknown); MAX_ROWS + 1],
            ..recording()
        },
        Recording { rows: vec![row(error(), TargetEvidence::Unknown); 3], ..recording() },
        Recording { trace: vec![packet(), packet()], ..recording() },
    ];
    for recording in unbounded {
        let text = written(&[RunRecord { recording: Some(recording), ..record() }]);
        assert_eq!(read(&text), Err(ImportError::Unbounded { run: 1 }));
    }
}

#[test]
fn as_many_of_the_longest_runs_as_are_kept_fit_into_a_file() {
    let line = LogLine { at_us: u64::MAX, text: "\0".repeat(1_001), sent: None, received: None };
    let moved =
        row(RecordedEvent::Received(u64::MAX), TargetEvidence::MeasuredAt(Micros(u64::MAX)));
    let read = BridgeMessage::Read { bytes: u64::MAX, at_us: u64::MAX };
    let longest = RunRecord {
        message: BoundedBytes::copy_of(&[255; MAX_COPIED_BYTES]),
        reply: BoundedBytes::copy_of(&[255; MAX_COPIED_BYTES]),
        extra: BoundedBytes::copy_of(&[255; MAX_COPIED_BYTES]),
        lines: vec![line; MAX_LINES],
        recording: Some(Recording {
            rows: vec![moved; MAX_ROWS],
            more_rows: u64::MAX,
            trace: vec![TraceEntry::Message(read); 256],
            more_trace: u64::MAX,
        }),
        ..record()
    };
    let text = written(&vec![longest; MAX_RUNS]);
    assert_eq!(runs(&text).unwrap().len(), MAX_RUNS);
}

fn kept() -> impl Strategy<Value = BoundedBytes> {
    (prop::collection::vec(any::<u8>(), 0..64), 0_u64..1 << 53)
        .prop_map(|(bytes, more)| BoundedBytes::prefix_of(&bytes, bytes.len() as u64 + more))
}

fn printed() -> impl Strategy<Value = LogLine> {
    (any::<u64>(), ".{0,40}", any::<Option<u64>>(), any::<Option<u64>>())
        .prop_map(|(at_us, text, sent, received)| LogLine { at_us, text, sent, received })
}

fn exchanges() -> impl Strategy<Value = Exchanges> {
    (0_u64..1 << 40, 0_u64..1 << 40).prop_map(|(same, more)| Exchanges { done: same + more, same })
}

fn records() -> impl Strategy<Value = RunRecord> {
    let outcome = prop::sample::select(outcomes());
    let cause = prop::option::of(prop::sample::select(causes()));
    let mode = prop::sample::select(Mode::ALL.to_vec());
    let times = (any::<Option<u64>>(), any::<Option<u64>>(), any::<u64>());
    let bytes = (kept(), prop::option::of(kept()), kept(), kept());
    let lines =
        (prop::collection::vec(printed(), 0..5), prop::option::of(exchanges()), any::<bool>());
    (0_u64..1 << 50, mode, ".{0,60}", bytes, outcome, cause, times, lines).prop_map(
        |(
            finished_ms,
            mode,
            target,
            (message, expected, reply, extra),
            outcome,
            cause,
            times,
            lines,
        )| {
            let (lines, exchanges, is_server) = lines;
            let (tcp_us, browser_us, clock_us) = times;
            RunRecord {
                finished_ms,
                mode,
                role: if is_server { Role::Server } else { Role::Client },
                target,
                message,
                expected,
                reply,
                extra,
                outcome,
                cause,
                tcp_us,
                browser_us,
                clock_us,
                lines,
                exchanges,
                recording: None,
            }
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read(records in prop::collection::vec(records(), 0..4)) {
        prop_assert_eq!(runs(&written(&records)), Ok(records));
    }

    #[test]
    fn a_damaged_file_is_refused_or_holds_only_what_fits(
        at in any::<prop::sample::Index>(),
        with in ".{0,3}",
    ) {
        let mut text = document(|_| {});
        let at = at.index(text.len());
        text.replace_range(at..=at, &with);
        if let Ok(records) = runs(&text) {
            prop_assert!(records.iter().all(RunRecord::is_bounded));
        }
    }
}

#[test]
fn the_file_in_the_documentation_is_read_whole() {
    let documentation = include_str!("../../../../docs/formats.md");
    let (_, file) = documentation.split_once("```json\n").unwrap();
    let (file, _) = file.split_once("```").unwrap();
    let document = read(file).unwrap();
    assert_eq!(document.requests.len(), 1);
    assert!(document.runs[0].recording.is_some());
}
