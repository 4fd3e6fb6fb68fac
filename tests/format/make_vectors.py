#!/usr/bin/env python3
"""Write the golden vectors of the format: good.jsonl, good.json and bad.json, next to this file.

    python3 make_vectors.py          write them
    python3 make_vectors.py --check  exit with 1 if the existing files are different

The good lines come from good_lines.py, the bad ones from bad_lines.py. Everything is written with
`json.dumps`, which gives the form of RFC 8785 for entries without floats and with ASCII keys.
check.py has its own code for that.
"""

import json
import sys
from pathlib import Path

from bad_lines import bad_cases
from good_lines import good_lines
from spelling import ledger_digest


def files():
    good = good_lines()
    ids = {json.loads(line)["id"] for _, line in good}
    expected = {"entries": len(ids), "digest": ledger_digest(ids), "lines": [name for name, _ in good]}
    return {
        "good.jsonl": "".join(f"{line}\n" for _, line in good),
        "good.json": json.dumps(expected, indent=2) + "\n",
        "bad.json": "[\n" + ",\n".join(json.dumps(case) for case in bad_cases()) + "\n]\n",
    }


def main():
    folder, stale = Path(__file__).parent, []
    for name, text in files().items():
        if sys.argv[1:] != ["--check"]:
            (folder / name).write_bytes(text.encode())
        elif not (folder / name).is_file() or (folder / name).read_bytes() != text.encode():
            stale.append(name)
    for name in stale:
        print(f"{name} is not what make_vectors.py writes")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
