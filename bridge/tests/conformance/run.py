"""Runs the Autobahn test suite, as kosoku bundles it, against a WebSocket echo server.

    run.py URL EXPECTED [--bless]

Prints each case whose result is not the one that the file EXPECTED says, and fails if there is any:
a better result has to be recorded, too. With --bless it writes the results to EXPECTED instead. The
reasons of exceptions that have not changed stay; a new one fails until its reason is written there.
"""

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path

import kosoku

# Cases of permessage-deflate, an extension (RFC 7692) that the bridge does not offer.
COMPRESSION = ["12.*", "13.*"]
# How many cases run at once. Some wait for seconds on purpose.
PARALLEL = 8
# How many seconds all cases may take together. They take about five.
TIMEOUT = 300
# What a case that is not an exception gives.
OK = {"behavior": "OK", "close": "OK"}


async def run(url):
    """Returns the results of all cases by their id, in the suite's order."""
    try:
        suite = kosoku.run_fuzzingclient(url, exclude_cases=COMPRESSION, concurrency=PARALLEL)
        results = await asyncio.wait_for(suite, TIMEOUT)
    except kosoku.FailureError as failure:
        results = failure.results
    return {result.case_id: result for result in results}


def verdict(result):
    """Returns what is compared of a result: for an exception the close code, too."""
    told = {"behavior": result.behavior.value, "close": result.behavior_close.value}
    return told if told == OK else told | {"code": result.remote_close_code}


def bless(results, expected):
    """Returns the expectations that these results meet."""
    exceptions = {}
    for case, result in results.items():
        told = verdict(result)
        if told != OK:
            known = dict(expected["exceptions"].get(case, {}))
            reason = known.pop("reason", "")
            exceptions[case] = told | {"reason": reason if known == told else ""}
    return {"cases": len(results), "exceptions": exceptions}


def differences(results, expected):
    """Yields a line for each result that is not the expected one."""
    if len(results) != expected["cases"]:
        yield f"{len(results)} cases ran, where {expected['cases']} were expected"
    exceptions = expected["exceptions"]
    for case in sorted(exceptions.keys() - results.keys()):
        yield f"case {case} did not run"
    for case, result in results.items():
        wanted = dict(exceptions.get(case, OK))
        if wanted.pop("reason", None) == "":
            yield f"case {case} is an exception without a reason"
        told = verdict(result)
        if told != wanted:
            yield f"case {case}: expected {show(wanted)}, got {show(told)}"
            yield f"    {result.result} {result.result_close}"
            yield "    " + " ".join(result.expectation.split())


def show(told):
    code = f", code {told['code']}" if "code" in told else ""
    return f"{told['behavior']} (close: {told['close']}{code})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("url")
    parser.add_argument("expected", type=Path)
    parser.add_argument("--bless", action="store_true", help="write EXPECTED")
    args = parser.parse_args()

    expected = json.loads(args.expected.read_text())
    results = asyncio.run(run(args.url))
    if args.bless:
        expected = bless(results, expected)
        args.expected.write_text(json.dumps(expected, indent=2) + "\n")
    lines = list(differences(results, expected))
    exceptions = len(expected["exceptions"])
    print(f"{len(results)} cases, {exceptions} of them with an exception", *lines, sep="\n")
    if lines:
        print(
            f"Results differ from {args.expected.name}. If they are right, "
            "run `cargo xtask conformance --bless` and give each exception a reason."
        )
    sys.stdout.flush()
    # Threads of the suite's native code may still run, and abort a Python that finalizes itself.
    os._exit(1 if lines else 0)


if __name__ == "__main__":
    main()
