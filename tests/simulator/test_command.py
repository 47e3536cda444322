"""Test the command line of the simulator."""

import ast
import asyncio
import json
from pathlib import Path
import signal
import sys

from aiohttp import ClientSession
import pytest

import simulator


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


@pytest.mark.parametrize("stop_signal", [signal.SIGTERM, signal.SIGINT])
async def test_the_program_prints_its_credentials_and_stops_on_a_signal(
    socket_enabled: None, stop_signal: signal.Signals
) -> None:
    """The program prints one line of JSON and exits with 0."""
    program = await start("--rooms", "4", "--seed", "3")
    assert program.stdout is not None
    line = json.loads(await program.stdout.readline())
    async with (
        ClientSession() as session,
        session.get(line["url"] + "/_control/truth") as reply,
    ):
        truth = await reply.json()
    program.send_signal(stop_signal)
    out, err = await program.communicate()
    assert len(truth["tencent_meeting"]) == 4
    assert set(line) == {"url", "tencent_meeting", "wecom", "quanshi"}
    assert (program.returncode, out, err) == (0, b"", b"")


async def test_the_program_rejects_an_address_that_is_not_loopback(
    socket_enabled: None,
) -> None:
    """The program prints the reason."""
    program = await start("--host", "0.0.0.0")
    _, err = await program.communicate()
    assert program.returncode != 0
    assert b"loopback" in err


OLD_PYTHON = """
import runpy, sys
sys.version_info = (3, 11, 2, "final", 0)
runpy.run_module("simulator", run_name="__main__", alter_sys=True)
"""


async def test_an_old_python_is_rejected_with_one_line() -> None:
    """The exit code is 1, and there is no traceback."""
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        OLD_PYTHON,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await program.communicate()
    assert (program.returncode, out, err.count(b"\n")) == (1, b"", 1)
    assert err.startswith(
        b"The simulator needs Python 3.14 or newer; this is Python 3.11"
    )


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_an_old_python_can_parse_the_version_check(name: str) -> None:
    """A syntax error would hide the message."""
    source = (Path(simulator.__file__).parent / name).read_text(encoding="utf-8")
    assert ast.parse(source, feature_version=(3, 8)).body
