/** Without scripts, everything can be read, and links work. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { standings } from "./support/library.js";
import { alliance, DAY, invented, MOMENT } from "./support/sites.js";
import { visit } from "./support/visitor.js";

for (const site of [alliance, invented]) {
  describe(`${site.name} without scripts`, () => {
    let visitor;
    before(async () => (visitor = await visit(site, { scripts: false })));
    after(() => visitor.leave());

    test("the front page lists every commitment with its status", async () => {
      await visitor.open("index.html");
      const lines = await visitor.run(() => [...document.querySelectorAll("ul.items")].at(-1).innerText);
      for (const { title, status_title: status } of standings(site.ledger, DAY, MOMENT).values()) {
        assert.ok(lines.includes(title), title);
        assert.ok(!status || lines.includes(status.en), `${title}: ${status?.en}`);
      }
    });

    for (const page of site.kinds) {
      test(`everything on ${page} is shown, and nothing that needs a script`, async () => {
        await visitor.open(page);
        assert.deepEqual(await visitor.run(hiddenTexts), []);
        assert.deepEqual(await visitor.run(shownControls), []);
      });
    }

    test("a reader goes from the front page to a source, a rule and the corrections", async () => {
      await visitor.open("index.html");
      for (const target of ["#record", "method.html#", "#corrections"]) {
        await visitor.open("index.html");
        await follow(visitor, "ul.items a");
        assert.match(visitor.tab.url(), /\/commitments\//);
        await follow(visitor, `.doubt a[href*="${target}"]`);
        const found = await visitor.run(() => document.querySelector(":target")?.getClientRects().length);
        assert.ok(found, visitor.tab.url());
      }
    });

    test("details open without a script", async () => {
      await visitor.open("index.html");
      await visitor.tab.click(".filters summary");
      assert.ok(await visitor.run(() => document.querySelector(".filters details").open));
      await follow(visitor, ".filters details[open] a");
      assert.ok(await visitor.run(() => document.querySelector("h1").textContent.length > 0));
    });
  });
}

async function follow(visitor, selector) {
  await Promise.all([visitor.tab.waitForNavigation(), visitor.tab.click(selector)]);
}

/** Texts that nobody sees, apart from those that need a script, and pictures, which texts repeat. */
function hiddenTexts() {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const hidden = [];
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    const isMeantToHide = parent.closest("script, .script, [hidden], svg");
    if (isMeantToHide || !texts.currentNode.data.trim()) continue;
    const isShown = parent.checkVisibility() && parent.getClientRects().length > 0;
    if (!isShown) hidden.push(texts.currentNode.data.trim().slice(0, 80));
  }
  return hidden;
}

function shownControls() {
  const controls = [...document.querySelectorAll("input, select, button, .script")];
  const shown = controls.filter((element) => element.getClientRects().length > 0);
  return shown.map((element) => element.outerHTML.slice(0, 100));
}
