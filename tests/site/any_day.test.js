/** What a reader sees for another day and moment is what the library answers. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { standings } from "./support/library.js";
import { dayFrom, seeded } from "./support/seeded.js";
import { alliance, invented } from "./support/sites.js";
import { visit } from "./support/visitor.js";

const QUESTIONS = 10;

for (const [site, year, seed] of [[alliance, 2009, 17], [invented, 2011, 18]]) {
  describe(`any day of ${site.name}`, () => {
    const below = seeded(seed);
    const questions = Array.from({ length: QUESTIONS }, () => {
      const [day, moment] = [dayFrom(year, 2000, below), dayFrom(2012, 900, below)];
      return { day, moment, expected: standings(site.ledger, day, moment) };
    });
    let visitor;
    before(async () => (visitor = await visit(site)));
    after(() => visitor.leave());

    test(`the list agrees with the library on ${QUESTIONS} days`, async () => {
      await visitor.open("index.html");
      await visitor.tab.click(".any-day > summary");
      await visitor.tab.waitForSelector("[data-tally] li");
      for (const { day, moment, expected } of questions) {
        await visitor.run(choose, day, moment);
        const shown = new Map(await visitor.run(shownInList));
        for (const [id, row] of shown) {
          assert.deepEqual(row, expectedRow(expected.get(id)), `${id} on ${day} as known at ${moment}`);
        }
        const missing = [...expected.keys()].filter((id) => !shown.has(id));
        assert.deepEqual(missing, []);
        assert.deepEqual(await visitor.run(shownTally), tally(expected), `tally on ${day} as known at ${moment}`);
      }
      assert.deepEqual(visitor.misdeeds, []);
    });

    test(`pages of commitments agree with the library on ${QUESTIONS} days`, async () => {
      const pages = site.pages.filter((page) => /^commitments\/.*\/index\.html$/.test(page));
      for (const { day, moment, expected } of questions) {
        const page = pages[below(pages.length)];
        const id = page.slice("commitments/".length, -"/index.html".length);
        await visitor.open(page);
        await visitor.run(() => (document.querySelector(".any-day").open = true));
        await visitor.run(choose, day, moment);
        const shown = await visitor.run(shownAnswer);
        assert.deepEqual(shown, expectedRow(expected.get(id)), `${id} on ${day} as known at ${moment}`);
        assert.deepEqual(visitor.misdeeds, []);
      }
    });

    test("closing the choice shows today again, and opening it the chosen day", async () => {
      await visitor.open("index.html");
      const today = await visitor.run(shownInList);
      await visitor.tab.click(".any-day > summary");
      await visitor.tab.waitForSelector("[data-tally] li");
      const { day, moment } = questions[0];
      await visitor.run(choose, day, moment);
      const chosen = await visitor.run(shownInList);
      assert.notDeepEqual(chosen, today);
      for (const expected of [today, chosen, today]) {
        await visitor.tab.click(".any-day > summary");
        const text = JSON.stringify(JSON.stringify(expected));
        await visitor.tab.waitForFunction(`JSON.stringify((${shownInList})()) === ${text}`);
      }
    });

    test("both sliders go through the days and the moments on which something changed", async () => {
      await visitor.open("index.html");
      await visitor.tab.click(".any-day > summary");
      await visitor.tab.waitForSelector("[data-tally] li");
      for (const name of ["moment", "day"]) {
        await visitor.tab.focus(`[data-${name}-slider]`);
        await visitor.tab.keyboard.press("Home");
        const first = await visitor.run(fieldOf, name);
        await visitor.tab.keyboard.press("ArrowRight");
        const second = await visitor.run(fieldOf, name);
        await visitor.tab.keyboard.press("End");
        const last = await visitor.run(fieldOf, name);
        assert.ok(first < second && second <= last, `${name}: ${first}, ${second}, ${last}`);
      }
      const [day, moment] = [await visitor.run(fieldOf, "day"), await visitor.run(fieldOf, "moment")];
      const expected = standings(site.ledger, day, moment);
      for (const [id, row] of await visitor.run(shownInList)) assert.deepEqual(row, expectedRow(expected.get(id)), id);
    });
  });
}

/** What the page has to show for a standing: the class of the verdict, and the status. */
function expectedRow(standing) {
  if (!standing || !hasBegun(standing)) return { verdict: "not registered", status: "" };
  const status = standing.status_title?.en ?? "";
  return { verdict: standing.verdict ?? "none", status: standing.presumed ? `${status} (presumed)` : status };
}

/** Whether a commitment had a status on the day. */
const hasBegun = ({ verdict, status }) => verdict !== null || status !== null;

/** The number of commitments by verdict, sorted. */
function tally(standings) {
  const counts = new Map();
  for (const standing of [...standings.values()].filter(hasBegun)) {
    const name = standing.verdict ?? "none";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort();
}

function choose(day, moment) {
  for (const [name, value] of [["day", day], ["moment", moment]]) {
    const field = document.querySelector(`[data-${name}]`);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function fieldOf(name) {
  return document.querySelector(`[data-${name}]`).value;
}

function shownInList() {
  return [...document.querySelectorAll("[data-list] > li")].map((item) => {
    const verdict = item.querySelector(".badge")?.classList[1] ?? "not registered";
    const [, id] = item.querySelector(".what a").pathname.match(/^\/commitments\/(.*)\/index\.html$/);
    return [id, { verdict, status: item.querySelector(".status").textContent }];
  });
}

function shownTally() {
  const lines = [...document.querySelectorAll("[data-tally] li")];
  const counts = lines.map((line) => {
    const count = Number(line.querySelector("strong").textContent);
    return [line.querySelector(".badge").classList[1], count];
  });
  return counts.sort();
}

function shownAnswer() {
  const answer = document.querySelector("[data-answer]");
  const badge = answer.querySelector(".badge");
  if (!badge) return { verdict: "not registered", status: "" };
  const timing = answer.querySelector(".timing");
  const status = answer.textContent.slice(badge.textContent.length + (timing ? timing.textContent.length + 1 : 0));
  return { verdict: badge.classList[1], status: status.trim() };
}
