"""The command of the package."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import servanda

LEDGER = Path(__file__).resolve().parents[3] / "examples" / "alliance.jsonl"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "SERVANDA_BY": "desk", "SERVANDA_FORMAT": "table"}
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60, env=environment, encoding="utf-8")


def test_module_and_script_are_the_same_command() -> None:
    arguments = ["status", str(LEDGER), "--on", "2014-04-01"]
    module = _run(sys.executable, "-m", "servanda", *arguments)
    script = _run(str(Path(sys.executable).with_name("servanda")), *arguments)
    assert (module.returncode, module.stdout, module.stderr) == (script.returncode, script.stdout, script.stderr)
    assert module.returncode == 0 and module.stdout.startswith("On 2014-04-01: 16 commitments\n")


def test_errors_set_the_exit_status(tmp_path: Path) -> None:
    missing = _run(sys.executable, "-m", "servanda", "status", str(tmp_path / "no.db"))
    assert (missing.returncode, missing.stdout) == (1, "") and missing.stderr.startswith("error: there is no ledger at")
    assert _run(sys.executable, "-m", "servanda", "stauts").returncode == 2


def test_postgres_url_needs_the_feature() -> None:
    refused = _run(sys.executable, "-m", "servanda", "status", "postgres://desk:s3cr3t@localhost/promises")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "error: postgres://desk@localhost/promises is a PostgreSQL ledger, but this program was built without "
        "PostgreSQL; build it with the feature `postgres`\n"
    )


def test_package_reads_what_the_command_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    for arguments in (["init", str(path)], ["define", str(path), "--party", "jp", "--name", "en=Japan"]):
        assert servanda.main([*arguments, *([] if arguments[0] == "init" else ["--by", "desk"])]) == 0
    with servanda.open(path) as tracker:
        assert [party.names["en"] for party in tracker.view().parties()] == ["Japan"]
