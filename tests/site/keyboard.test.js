/** Everything can be reached with the Tab key, and the reader sees where they are. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { alliance, invented } from "./support/sites.js";
import { visit } from "./support/visitor.js";

const longest = invented.kinds.filter((page) => /^(index|commitments\/.*\/index)\.html$/.test(page));

for (const [site, pages] of [[alliance, alliance.kinds], [invented, longest]]) {
  describe(`keyboard on ${site.name}`, () => {
    let visitor;
    before(async () => (visitor = await visit(site)));
    after(() => visitor.leave());

    for (const page of pages) {
      test(`the Tab key reaches everything on ${page}, and the focus is visible`, async () => {
        await visitor.open(page);
        // A field for a date takes several steps.
        const steps = (await visitor.run(prepare)) + 20;
        for (let step = 0; step < steps; step += 1) await visitor.tab.keyboard.press("Tab");
        const { missed, unseen } = await visitor.run(report);
        assert.deepEqual(missed, [], "not reached");
        assert.deepEqual(unseen, [], "focus not visible");
      });
    }

    test("the first stop skips the head of the page", async () => {
      await visitor.open("index.html");
      await visitor.tab.keyboard.press("Tab");
      await visitor.tab.keyboard.press("Enter");
      assert.equal(await visitor.run(() => document.activeElement.id), "main");
    });
  });
}

/** Opens all details, and finds what is to be reached. Returns how many elements that are. */
function prepare() {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const visible = [...document.querySelectorAll(controls)].filter((element) => element.getClientRects().length > 0);
  const noteFocus = () => {
    const focused = document.activeElement;
    globalThis.missed.delete(focused);
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const box = focused.getBoundingClientRect();
    const isOnScreen = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
    const isMarked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    if (focused !== document.body && !(isOnScreen && isMarked)) globalThis.unseen.add(focused);
  };
  globalThis.missed = new Set(visible);
  globalThis.unseen = new Set();
  document.addEventListener("keyup", noteFocus);
  return visible.length;
}

function report() {
  const listed = (elements) => [...elements].slice(0, 5).map((element) => element.outerHTML.slice(0, 200));
  return { missed: listed(globalThis.missed), unseen: listed(globalThis.unseen) };
}
