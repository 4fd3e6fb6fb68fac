/** Pages follow WCAG 2.2 AA, as far as axe-core can tell. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import axe from "axe-core";

import { alliance, invented } from "./support/sites.js";
import { visit } from "./support/visitor.js";

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

for (const site of [alliance, invented]) {
  describe(`accessibility of ${site.name}`, () => {
    let visitor;
    before(async () => (visitor = await visit(site)));
    after(() => visitor.leave());

    for (const page of site.kinds) {
      test(`${page} has no violation in light and dark`, async () => {
        await visitor.open(page);
        await visitor.run(openDetails);
        await visitor.run(axe.source);
        assert.deepEqual(await visitor.run(violations, LEVELS), []);
        // The themes differ only in their colours.
        await visitor.theme("dark");
        assert.deepEqual(await visitor.run(violations, ["color-contrast"]), []);
      });
    }
  });
}

function openDetails() {
  for (const details of document.querySelectorAll("details")) details.open = true;
}

async function violations(rules) {
  const { violations } = await globalThis.axe.run({ runOnly: rules, resultTypes: ["violations"], preload: false });
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}\n${failureSummary}`);
    return `${id}: ${help}; ${nodes.length} places\n${places.join("\n")}`;
  });
}
