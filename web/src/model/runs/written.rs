//! A run as it stands in a file.

use echo_core::json::{Json, Member, Named, Wrong};
use echo_core::names;

use super::super::cause::Cause;
use super::kept::Kept;
use super::record::{Exchanges, KeptRun, Outcome, Printed};

names! { Outcome:
    Same = "same",
    Different = "different",
    Received = "received",
    CutShort = "cut_short",
    TimedOut = "timed_out",
    Stopped = "stopped",
    NotConnected = "not_connected",
    GivenUp = "given_up",
    Finished = "finished",
    Broken = "broken",
    Reset = "reset",
    Disconnected = "disconnected",
    Repeated = "repeated",
}

/// A run, written.
pub(super) fn write(run: &KeptRun) -> Json {
    let count = |us: Option<u64>| us.map_or(Json::Null, Json::Count);
    let line = |line: &Printed| {
        Json::object([
            ("at_us", Json::Count(line.at_us)),
            ("text", Json::Text(line.text.clone())),
            ("sent", count(line.sent)),
            ("received", count(line.received)),
        ])
    };
    Json::object([
        ("when", Json::Count(run.when)),
        ("how", Json::name(run.how)),
        ("target", Json::Text(run.target.clone())),
        ("message", run.message.written()),
        ("expected", run.expected.as_ref().map_or(Json::Null, Kept::written)),
        ("reply", run.reply.written()),
        ("extra", if run.extra.is_empty() { Json::Null } else { run.extra.written() }),
        ("outcome", Json::name(run.outcome)),
        ("cause", run.cause.map_or(Json::Null, write_cause)),
        ("tcp_us", count(run.tcp_us)),
        ("browser_us", count(run.browser_us)),
        ("clock_us", Json::Count(run.clock_us)),
        ("lines", Json::List(run.lines.iter().map(line).collect())),
        ("exchanges", run.exchanges.map_or(Json::Null, write_exchanges)),
    ])
}

/// A run that was written; the error says which member is wrong.
pub(super) fn read(run: &Json) -> Result<KeptRun, Wrong> {
    let kept = |key| run.get(key).optional().map(Kept::read).transpose();
    let lines = run.get("lines").list()?.iter().map(|line| {
        Ok(Printed {
            at_us: line.get("at_us").count()?,
            text: line.get("text").text()?.to_owned(),
            sent: count(line.get("sent"))?,
            received: count(line.get("received"))?,
        })
    });
    Ok(KeptRun {
        when: run.get("when").count()?,
        how: run.get("how").named()?,
        target: run.get("target").text()?.to_owned(),
        message: Kept::read(run.get("message"))?,
        expected: kept("expected")?,
        reply: Kept::read(run.get("reply"))?,
        extra: kept("extra")?.unwrap_or_default(),
        outcome: run.get("outcome").named()?,
        cause: run.get("cause").optional().map(read_cause).transpose()?,
        tcp_us: count(run.get("tcp_us"))?,
        browser_us: count(run.get("browser_us"))?,
        clock_us: run.get("clock_us").count()?,
        lines: lines.collect::<Result<_, _>>()?,
        exchanges: run.get("exchanges").optional().map(read_exchanges).transpose()?,
    })
}

fn write_exchanges(Exchanges { done, same }: Exchanges) -> Json {
    Json::object([("done", Json::Count(done)), ("same", Json::Count(same))])
}

fn read_exchanges(member: Member<'_>) -> Result<Exchanges, Wrong> {
    let count = |key| member.value().get(key).count();
    let exchanges = Exchanges { done: count("done")?, same: count("same")? };
    (exchanges.same <= exchanges.done).then_some(exchanges).ok_or(member.wrong())
}

fn count(member: Member<'_>) -> Result<Option<u64>, Wrong> {
    member.optional().map(Member::count).transpose()
}

const EARLY_END: &str = "early_end";
const NO_BRIDGE: &str = "no_bridge";
const PAGE_REFUSED: &str = "page_refused";
const BRIDGE_GONE: &str = "bridge_gone";

fn write_cause(cause: Cause) -> Json {
    let name = match cause {
        Cause::Failed(stage, kind) => {
            let both = vec![Json::name(stage), Json::name(kind)];
            return Json::object([("failed", Json::List(both))]);
        }
        Cause::Closed(code) => return Json::object([("closed", Json::Count(code.into()))]),
        Cause::EarlyEnd => EARLY_END,
        Cause::NoBridge => NO_BRIDGE,
        Cause::PageRefused => PAGE_REFUSED,
        Cause::BridgeGone => BRIDGE_GONE,
    };
    Json::Text(name.into())
}

fn read_cause(cause: Member<'_>) -> Result<Cause, Wrong> {
    if let Ok(name) = cause.text() {
        return match name {
            EARLY_END => Ok(Cause::EarlyEnd),
            NO_BRIDGE => Ok(Cause::NoBridge),
            PAGE_REFUSED => Ok(Cause::PageRefused),
            BRIDGE_GONE => Ok(Cause::BridgeGone),
            _ => Err(cause.wrong()),
        };
    }
    let both = match cause.value().get("failed").list() {
        Ok([Json::Text(stage), Json::Text(kind)]) => Named::named(stage).zip(Named::named(kind)),
        _ => None,
    };
    if let Some((stage, kind)) = both {
        return Ok(Cause::Failed(stage, kind));
    }
    let code = cause.value().get("closed").count()?;
    u16::try_from(code).map(Cause::Closed).map_err(|_| cause.wrong())
}
