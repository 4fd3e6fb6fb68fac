"""The command `servanda`, run in this process."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from . import _servanda


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit status.

    Without `arguments` it takes those of this process. It writes to the standard output and the
    standard error of the process. It is the same command as the one in Rust. Ctrl-C ends it with
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
        # The signal arrived after the command had finished.
        return 130
