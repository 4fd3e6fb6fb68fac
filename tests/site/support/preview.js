/** Runs `servanda serve`. */

import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { variable } from "./environment.js";
import { DAY } from "./sites.js";

/** Starts a preview of a copy of a ledger. */
export async function preview(site) {
  const folder = mkdtempSync(join(tmpdir(), "servanda-preview-"));
  const ledger = join(folder, "ledger.jsonl");
  copyFileSync(site.ledger, ledger);
  const options = { stdio: ["ignore", "pipe", "inherit"] };
  const command = spawn(variable("SERVANDA_TEST_PROGRAM"), ["serve", ledger, "--on", DAY, "--port", "0"], options);
  const origin = await new Promise((found, failed) => {
    const lines = createInterface({ input: command.stdout });
    lines.on("line", (line) => line.startsWith("Open ") && found(new URL(line.slice(5)).origin));
    lines.on("close", () => failed(new Error("servanda serve has ended")));
  });
  return new Preview(folder, ledger, command, origin);
}

class Preview {
  constructor(folder, ledger, command, origin) {
    Object.assign(this, { folder, ledger, command, origin });
  }

  /** Records an event about a commitment. */
  remark(commitment, title) {
    const options = [commitment, title, "--on", DAY, "--by", "desk"];
    execFileSync(variable("SERVANDA_TEST_PROGRAM"), ["remark", this.ledger, ...options]);
  }

  close() {
    this.command.kill("SIGINT");
    rmSync(this.folder, { recursive: true });
  }
}
