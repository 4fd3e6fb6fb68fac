/** Pages are valid HTML. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";

import { HtmlValidate } from "html-validate";

import { alliance, hostile, invented } from "./support/sites.js";

const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });

describe("HTML", () => {
  for (const [site, pages] of [
    [alliance, alliance.pages],
    [invented, invented.kinds],
    [hostile, hostile.pages],
  ]) {
    test(`${pages.length} pages of ${site.name} are valid`, async () => {
      for (const page of pages) {
        const { results } = await validator.validateFile(join(site.folder, page));
        const messages = results.flatMap(({ messages }) => messages);
        const lines = messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`);
        assert.deepEqual(lines, [], page);
      }
    });
  }
});
