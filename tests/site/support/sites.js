/** The published sites, and their pages. `cargo xtask site` makes them. */

import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

import { variable } from "./environment.js";

/** The day and the moment that all sites are published for. */
export const DAY = "2014-07-01";
export const MOMENT = "2014-07-01";

const folder = variable("SERVANDA_TEST_SITES");

/** A site on the disk, with its ledger. */
class Site {
  constructor(name, ledger) {
    this.name = name;
    this.ledger = ledger;
    this.folder = join(folder, "sites", name);
    this.files = filesIn(this.folder);
    this.pages = this.files.filter((file) => file.endsWith(".html"));
  }

  /** The largest page of each kind in the first language. */
  get kinds() {
    const largest = new Map();
    for (const page of this.pages.filter((page) => !isTranslated(page))) {
      const bytes = statSync(join(this.folder, page)).size;
      const found = largest.get(kind(page));
      if (!found || found.bytes < bytes) largest.set(kind(page), { page, bytes });
    }
    return [...largest.values()].map(({ page }) => page);
  }
}

export const alliance = new Site("alliance", variable("SERVANDA_TEST_ALLIANCE"));
export const invented = new Site("invented", join(folder, "invented.jsonl"));
export const hostile = new Site("hostile", join(folder, "hostile.jsonl"));

const isTranslated = (page) => /^(ja|de|fr)\//.test(page);

/** The path of a page with its ids and days replaced: `days/DAY.html`, `parties/ID.html`. */
function kind(page) {
  const [first, ...rest] = page.split("/");
  if (rest.length === 0) return first;
  const file = rest.at(-1);
  if (first === "days") return /^\d{4}\.html$/.test(file) ? "days/YEAR.html" : "days/DAY.html";
  if (file === "index.html" && rest.length === 1) return page;
  return `${first}/ID/${file === "index.html" || first === "commitments" ? file : "ID.html"}`;
}

function filesIn(root) {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = paths.filter((entry) => entry.isFile());
  return files.map((entry) => relative(root, join(entry.path, entry.name)).replaceAll(sep, "/")).sort();
}
