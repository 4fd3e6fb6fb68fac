"""Canonical JSON and ids, for the programs that write the golden vectors."""

import hashlib
import json


def spell(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def ledger_digest(ids):
    return sha256("\n".join(sorted(ids)))


def seal(entry):
    """The entry with its id."""
    return {**entry, "id": sha256(spell(entry))}


def batch(entries, **more):
    """The entries as one batch with ids: each names the one before it."""
    sealed = []
    for nth, entry in enumerate(entries, 1):
        previous = {"previous": sealed[-1]["id"]} if sealed else {}
        sealed.append(seal({**entry, "batch": {"nth": nth, "of": len(entries), **previous, **more}}))
    return sealed


def entry(at, fact, commitment=None, on=None, **more):
    """An entry without its id, recorded by `desk` on the day `at`, or at the moment `at`."""
    moment = at if "T" in at else f"{at}T01:00:00.000000Z"
    found = {"fact": fact, "recorded_at": moment, "recorded_by": "desk", **more}
    if commitment:
        found["commitment"] = commitment
    if on:
        found["on"] = on
    return found
