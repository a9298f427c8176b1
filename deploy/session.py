#!/usr/bin/python3
"""Sessions with the bridge's echo server, for the tests of image and package.

    session.py URL              opens one, and ends when a line was echoed
    session.py URL --last       keeps it open, and prints the code of the Close that ends it
    session.py URL --move 20    keeps 20 open, each with a line under way every tenth of a second,
                                until each was told to reconnect (1012) and had lines echoed again
"""

import argparse
import asyncio

import websockets

RESTART = 1012
# No step of the tests takes longer.
DEADLINE_S = 60


async def echo(session):
    await session.send(b"hello\n")
    reply = b""
    while len(reply) < 6:
        reply += await session.recv()
    assert reply == b"hello\n", reply


async def last(url):
    async with websockets.connect(url) as session:
        await echo(session)
        print("open", flush=True)
        await session.wait_closed()
        print(session.close_code, session.close_reason)


async def move(url):
    """Returns how long the client was without a session, in seconds."""
    async with websockets.connect(url) as session:
        try:
            while True:
                await echo(session)
                await asyncio.sleep(0.1)
        except websockets.ConnectionClosed:
            assert session.close_code == RESTART, (session.close_code, session.close_reason)
    clock = asyncio.get_running_loop().time
    told = clock()
    # Whoever is refused here fails the test.
    async with websockets.connect(url) as session:
        await echo(session)
        return clock() - told


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--last", action="store_true")
    parser.add_argument("--move", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.move:
        gaps = await asyncio.gather(*(move(arguments.url) for _ in range(arguments.move)))
        print(f"{len(gaps)} sessions moved, the longest without one for {max(gaps):.2f} s")
    elif arguments.last:
        await last(arguments.url)
    else:
        async with websockets.connect(arguments.url) as session:
            await echo(session)
        print("echoed")


asyncio.run(asyncio.wait_for(main(), DEADLINE_S))
