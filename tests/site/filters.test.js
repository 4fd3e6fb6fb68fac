/** Filters show the commitments that the library finds. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { standings } from "./support/library.js";
import { seeded } from "./support/seeded.js";
import { alliance, DAY, invented, MOMENT } from "./support/sites.js";
import { visit } from "./support/visitor.js";

const QUESTIONS = 10;

for (const [site, seed] of [[alliance, 31], [invented, 32]]) {
  describe(`filters of ${site.name}`, () => {
    let visitor, rows;
    before(async () => {
      visitor = await visit(site);
      rows = [...standings(site.ledger, DAY, MOMENT).values()];
    });
    after(() => visitor.leave());

    test("each choice of each filter shows what the library finds", async () => {
      await visitor.open("index.html");
      const filters = await visitor.run(choices);
      assert.ok(filters.flat().length > 5);
      for (const [filter, keys] of filters.entries()) {
        for (const key of keys) {
          await visitor.run(filterBy, [[filter, key]], "");
          assert.deepEqual(await visitor.run(shownIds), found(rows, [key], ""), key);
        }
        await visitor.run(filterBy, [[filter, ""]], "");
      }
    });

    test(`${QUESTIONS} combinations of filters and words show what the library finds`, async () => {
      const below = seeded(seed);
      await visitor.open("index.html");
      const filters = await visitor.run(choices);
      for (let question = 0; question < QUESTIONS; question += 1) {
        const chosen = filters.map((keys, filter) => [filter, below(2) ? keys[below(keys.length)] : ""]);
        const words = below(2) ? rows[below(rows.length)].title.split(" ").slice(0, 2).join(" ").toUpperCase() : "";
        await visitor.run(filterBy, chosen, words);
        const keys = chosen.map(([, key]) => key).filter(Boolean);
        assert.deepEqual(await visitor.run(shownIds), found(rows, keys, words), `${keys} ${words}`);
      }
    });

    test("the order by title is that of the titles", async () => {
      await visitor.open("index.html");
      await visitor.tab.select("[data-sort]", "title");
      const titles = await visitor.run(shownTitles);
      assert.deepEqual(titles, titles.toSorted?.((a, b) => a.localeCompare(b, "en")) ?? titles);
      assert.equal(titles.length, rows.length);
    });
  });
}

/** The ids of the commitments with all keys and all words, sorted. */
function found(rows, keys, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (row) => {
    const title = row.title.toLowerCase();
    return keys.every((key) => keysOf(row).has(key)) && wanted.every((word) => title.includes(word));
  };
  return rows.filter(matches).map((row) => row.commitment).sort();
}

function keysOf(row) {
  const all = [`v-${row.verdict ?? "none"}`];
  if (row.timeliness) all.push(`d-${row.timeliness}`);
  for (const party of [...row.by, ...row.to]) all.push(`p-${party}`);
  for (const topic of row.topics) all.push(`t-${topic}`);
  for (const { body } of row.responsible ?? []) all.push(`b-${body}`);
  return new Set(all);
}

/** The choices of each filter, without the one that shows everything. */
function choices() {
  const filters = [...document.querySelectorAll("select[data-filter]")];
  return filters.map((filter) => [...filter.options].map((option) => option.value).filter(Boolean));
}

function filterBy(chosen, words) {
  const filters = document.querySelectorAll("select[data-filter]");
  for (const [filter, key] of chosen) {
    filters[filter].value = key;
    filters[filter].dispatchEvent(new Event("input", { bubbles: true }));
  }
  const field = document.querySelector("[data-words]");
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function shownIds() {
  const items = [...document.querySelectorAll("[data-list] > li")];
  const shown = items.filter((item) => item.getClientRects().length > 0);
  const paths = shown.map((item) => item.querySelector(".what a").pathname);
  return paths.map((path) => path.match(/^\/commitments\/(.*)\/index\.html$/)[1]).sort();
}

function shownTitles() {
  return [...document.querySelectorAll("[data-list] > li .what")].map((title) => title.textContent);
}
