"""The command `servanda`, run in this process."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from . import _servanda


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with these arguments (those of this process, if none are given), and gives back its exit status.

    It writes to the standard output and the standard error of the process, and is the same command as the one in Rust. Ctrl-C ends it with
    status 130.

    >>> import servanda
    >>> servanda.main(["--version"])
    0
    """
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        return _servanda.run(["servanda", *(sys.argv[1:] if arguments is None else arguments)])
    except KeyboardInterrupt:
        # It came when nothing could be interrupted any more.
        return 130
