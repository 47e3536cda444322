"""Test the simulator as a program."""

import asyncio
import json
import signal
import sys

from aiohttp import ClientSession
import pytest


async def start(*options: str) -> asyncio.subprocess.Process:
    """Start the program."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        *options,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_the_program_says_where_it_is_and_ends_when_told(
    socket_enabled: None, told: signal.Signals
) -> None:
    """One line with the address and the credentials; a clean end."""
    program = await start("--rooms", "4", "--seed", "3")
    assert program.stdout is not None
    line = json.loads(await program.stdout.readline())
    async with (
        ClientSession() as session,
        session.get(line["url"] + "/_control/truth") as reply,
    ):
        truth = await reply.json()
    program.send_signal(told)
    out, err = await program.communicate()
    assert len(truth["tencent_meeting"]) == 4
    assert set(line) == {"url", "tencent_meeting", "wecom", "quanshi"}
    assert (program.returncode, out, err) == (0, b"", b"")


async def test_the_program_serves_nobody_outside(socket_enabled: None) -> None:
    """Another address than loopback is refused."""
    program = await start("--host", "0.0.0.0")
    _, err = await program.communicate()
    assert program.returncode != 0
    assert b"loopback" in err
