//! How one talks, in English.

use super::ModesWords;
use crate::i18n::format::thousands;
use page_model::modes::Mode;
use page_model::modes::load::settings::{CONNECTIONS, LONGEST_SECONDS, LoadPlan, SECONDS, TIMES};

pub(in crate::i18n) const EN: ModesWords = ModesWords {
    how: "How",
    mode: |mode| match mode {
        Mode::Once => "Once",
        Mode::Interactive => "Stay connected",
        Mode::Load => "Repeat",
    },
    locked: |mode| match mode {
        Mode::Interactive => "Disconnect before you switch.",
        _ => "Stop before you switch.",
    },
    connect: "Connect",
    connect_again: "Connect again",
    finish: "Finish (FIN)",
    reset: "Reset (RST)",
    disconnect: "Disconnect",
    end_it: "End the connection",
    full: "Not sent: as much as the page keeps, 4 MiB, already waits. Try again once the server has \
           taken some.",
    stay_idle: |n| match n {
        0 => {
            "Press Connect: the connection stays, and what comes is shown whenever it comes.".into()
        }
        n => format!(
            "Press Send to connect and send {}, or Connect to listen first. The connection stays \
             until one side ends it.",
            bytes(n)
        ),
    },
    connected: |target| format!("Connected to {target}"),
    nothing_said: "Nothing said yet; an echo server waits for you to speak.",
    both_speak: "Both sides may speak.",
    finishing: "What waits goes out first, then FIN.",
    we_finished: "You are finished (FIN sent): the server may still speak.",
    peer_closed: "The server is finished (FIN): you may still speak.",
    resetting: "Breaking the connection off (RST).",
    queued: |n| format!("{} wait to be sent", bytes(n)),
    not_connected: |error| format!("Not connected: {error}"),
    broken: |error| format!("Connection lost: {error}"),
    unsent: |n| match n {
        1 => "1 byte was never sent.".into(),
        n => format!("{} were never sent.", bytes(n)),
    },
    over: "The connection is over",
    both_finished: "Both sides finished, each with a FIN.",
    we_reset: "You broke the connection off",
    we_reset_because: "With RST: what was still on its mode may be lost, on both sides.",
    we_disconnected: "You disconnected",
    we_disconnected_because: "What you had sent still reaches the server, then FIN; what it still \
                              says is not read.",
    amount: "Repeat",
    unit: "Unit",
    times: "times",
    seconds: "s",
    connections: "Connections",
    range: |low, high| format!("A number from {low} to {}.", thousands(high.into())),
    start: "Start",
    repeat_idle: |plan, n| match plan {
        None => "Choose how often, or for how long, and on how many connections.".into(),
        Some(LoadPlan { times, seconds, connections: on }) => {
            let on = connections(on);
            let ends = match times {
                Some(times) => format!("until {} are done", exchanges(times.into())),
                None => format!("for {seconds} s"),
            };
            format!(
                "Press Start: {on}, each sends {}, waits for the reply and sends again, {ends}.",
                bytes(n)
            )
        }
    },
    bounds: || {
        format!(
            "At most {} exchanges or {} s, on {} connections; {} minutes end it in any case.",
            thousands((*TIMES.end()).into()),
            SECONDS.end(),
            CONNECTIONS.end(),
            LONGEST_SECONDS / 60
        )
    },
    under_way: |done, of| match of {
        Some(of) => format!("{} of {}", thousands(done), exchanges(of.into())),
        None => exchanges(done),
    },
    of_seconds: |now, of| format!("{now} of {of} s"),
    all_same: |n| match n {
        1 => "1 exchange: it came back unchanged".into(),
        n => format!("{}: all came back unchanged", exchanges(n)),
    },
    some_not: |n, others| match n - others {
        0 => format!("{}: none came back unchanged", exchanges(n)),
        _ => format!("{}: {} did not come back unchanged", exchanges(n), thousands(others)),
    },
    none: "Stopped before the first reply",
    stopped: "You stopped it.",
    none_left: "No connection was left to go on with.",
    longest: "It ended after ten minutes, as it always does.",
    took: |time, rate| format!("{time}, {} a second", thousands(rate)),
    overdue: |s| format!("no whole reply in {s} s"),
    something_else: "something else",
    tcp: "TCP",
    tcp_means: "from the bridge's write to the read that completes the reply",
    browser: "Through the browser",
    browser_means: "from this page's send to its having the reply",
    times_heading: "How long it took",
    method: |n| {
        format!(
            "{}, kept open: each sends, waits for the reply and sends again. Right to within 1 %.",
            connections(n)
        )
    },
    chart: |what, middle, longest| {
        format!("{what}: half took at most {middle}, the slowest {longest}.")
    },
    axes: "Across: time, each line ten times the one before. Up and down: how many exchanges. \
           Dashed: p50.",
    slowest: "slowest",
};

fn exchanges(n: u64) -> String {
    if n == 1 { "1 exchange".into() } else { format!("{} exchanges", thousands(n)) }
}

fn connections(n: u32) -> String {
    if n == 1 { "1 connection".into() } else { format!("{n} connections") }
}

fn bytes(n: usize) -> String {
    if n == 1 { "1 byte".into() } else { format!("{} bytes", thousands(n as u64)) }
}
