/** Answers of the library, as the command gives them. */

import { execFileSync } from "node:child_process";

import { variable } from "./environment.js";

/** The standings of all commitments on a day, as known at the end of another, by their ids. */
export function standings(ledger, day, knownAt) {
  const question = ["status", ledger, "--on", day, "--known-at", knownAt, "--zone", "+00:00", "--format", "json"];
  const answer = execFileSync(variable("SERVANDA_TEST_PROGRAM"), question, { maxBuffer: 1 << 30 });
  return new Map(JSON.parse(answer).map((standing) => [standing.commitment, standing]));
}
