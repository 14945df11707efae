"""What the tests that drive Firefox share."""

from __future__ import annotations

import socket

SECONDS = 90


def free_port() -> int:
    """Find a port that no other run of this suite uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
