"""What TLS to a target costs: round trips and throughput of an echo through the bridge, plain and
over TLS, and what the bridge's process spends on them.

    python3 bridge/benches/tls.py target/release/tcp-bridge [another bridge ...]

Each bridge named takes its turn in each round; a bridge without `tls://` is measured plain alone.
Python's standard library is enough.
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
ROUND_TRIPS = 2_000
MESSAGE = 64 * 1024
BULK = 128 * 1024 * 1024
IN_FLIGHT = 16
TICKS = os.sysconf("SC_CLK_TCK")


def start(*command):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = process.stdout.readline()
    found = re.search(r":(\d+)\b", line)
    if not found:
        process.kill()
        return None
    return process, int(found.group(1))


def frame(payload):
    """A binary message, masked with zeroes, which change nothing (RFC 6455, section 5.3)."""
    length = len(payload)
    if length < 126:
        head = bytes([0x82, 0x80 | length])
    elif length < 65536:
        head = bytes([0x82, 0x80 | 126]) + length.to_bytes(2, "big")
    else:
        head = bytes([0x82, 0x80 | 127]) + length.to_bytes(8, "big")
    return head + bytes(4) + payload


class Session:
    """A session in the raw dialect."""

    def __init__(self, bridge, target):
        self.socket = socket.create_connection(("127.0.0.1", bridge))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(
            f"GET /ws?target={target} HTTP/1.1\r\nHost: 127.0.0.1:{bridge}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        self.reader = self.socket.makefile("rb", buffering=1 << 20)
        while self.reader.readline().strip():
            pass

    def receive(self):
        """How many bytes of payload the next frame has."""
        first, length = self.reader.read(2)
        if first & 0x0F != 2:
            raise SystemExit(f"the session ended: {self.reader.read(length)!r}")
        if length >= 126:
            length = int.from_bytes(self.reader.read(2 if length == 126 else 8), "big")
        self.reader.read(length)
        return length


def cpu(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def round_trip(session):
    """The median of round trips of 64 bytes, in microseconds."""
    message, times = frame(b"x" * 64), []
    for _ in range(ROUND_TRIPS):
        begin = time.perf_counter()
        session.socket.sendall(message)
        left = 64
        while left > 0:
            left -= session.receive()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1e6


def bulk(session, pid):
    """MiB a second of an echo in messages of 64 KiB, and the bridge's seconds of CPU for a GiB."""
    message = frame(b"x" * MESSAGE)
    sent = received = 0
    before, begin = cpu(pid), time.perf_counter()
    while received < BULK:
        while sent < BULK and sent - received < IN_FLIGHT * MESSAGE:
            session.socket.sendall(message)
            sent += MESSAGE
        received += session.receive()
    took = time.perf_counter() - begin
    return BULK / took / 2**20, (cpu(pid) - before) * 2**30 / BULK


def main():
    bridges = sys.argv[1:]
    if not bridges:
        raise SystemExit(__doc__)
    processes, readings = [], {}
    try:
        with tempfile.TemporaryDirectory() as folder:
            ca = os.path.join(folder, "ca.pem")
            program = bridges[0]
            plain = start(program, "echo", "--listen", "127.0.0.1:0")
            tls = start(program, "echo", "--listen", "127.0.0.1:0", "--tls", "--tls-ca-file", ca)
            processes += [plain[0], tls[0]]
            candidates = []
            for bridge in bridges:
                allow = f"127.0.0.1:{plain[1]},127.0.0.1:{tls[1]}"
                common = ["--listen", "127.0.0.1:0", "--echo", "off", "--allow", allow]
                started = start(bridge, *common, "--tls-ca", ca)
                targets = [("plain", f"127.0.0.1:{plain[1]}")]
                if started:
                    targets.append(("tls", f"tls://127.0.0.1:{tls[1]}"))
                else:
                    started = start(bridge, *common)
                processes.append(started[0])
                candidates += [(bridge, name, started, target) for name, target in targets]
            for _ in range(ROUNDS):
                for bridge, name, (process, port), target in candidates:
                    trip = round_trip(Session(port, target))
                    rate, seconds = bulk(Session(port, target), process.pid)
                    readings.setdefault((bridge, name), []).append((trip, rate, seconds))
    finally:
        for process in processes:
            process.kill()
    print("| bridge | target | round trip, 64 B, p50 | echo of 64 KiB messages | CPU of the bridge |")
    print("|---|---|---|---|---|")
    for (bridge, name), values in readings.items():
        trip, rate, seconds = (statistics.median(column) for column in zip(*values))
        print(f"| {bridge} | {name} | {trip:.0f} µs | {rate:.0f} MiB/s | {seconds:.2f} s/GiB |")


main()
