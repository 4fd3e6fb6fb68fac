/** A headless Chromium with one tab. It notes everything that a page of a site must not do. */

import puppeteer from "puppeteer-core";

import { variable } from "./environment.js";
import { serve } from "./server.js";

const OPTIONS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-sync",
  "--hide-scrollbars",
  "--no-first-run",
  // A page that asks another host gets no answer, and the request is noted.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Starts a browser, and a server for a site unless one is given. Call `leave` at the end. */
export async function visit(site, { pages = {}, scripts = true, server } = {}) {
  server ??= await serve(site.folder, pages);
  // Chromium's sandbox does not work for root.
  const args = process.getuid?.() === 0 ? [...OPTIONS, "--no-sandbox"] : OPTIONS;
  const browser = await puppeteer.launch({ executablePath: variable("SERVANDA_TEST_BROWSER"), args });
  const [tab] = await browser.pages();
  await tab.setJavaScriptEnabled(scripts);
  const visitor = new Visitor(server, browser, tab);
  await visitor.watch();
  return visitor;
}

class Visitor {
  constructor(server, browser, tab) {
    this.server = server;
    this.browser = browser;
    this.tab = tab;
    this.misdeeds = [];
  }

  /** Notes errors, dialogs, and requests to other hosts. */
  async watch() {
    const note = (what) => this.misdeeds.push(what);
    this.tab.on("console", (message) => message.type() === "error" && note(`console: ${message.text()}`));
    this.tab.on("pageerror", (error) => note(`error: ${error.message}`));
    this.tab.on("popup", () => note("a new window"));
    this.tab.on("dialog", (dialog) => {
      note(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    this.tab.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      // The browser's own controls have pictures in `data:` URLs. The policy blocks those of a page.
      if (origin !== this.server.origin && protocol !== "data:") note(`request: ${request.url()}`);
    });
  }

  /** Opens a page, and forgets what was noted before. */
  async open(page, { width = 1440, theme = "light" } = {}) {
    this.misdeeds.length = 0;
    await this.tab.setViewport({ width, height: 900 });
    await this.theme(theme);
    await this.tab.goto(`${this.server.origin}/${page}`);
  }

  async theme(theme) {
    await this.tab.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: theme },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
  }

  async width(width) {
    await this.tab.setViewport({ width, height: 900 });
  }

  /** Runs a function in the page, and returns its result. */
  run(code, ...given) {
    return this.tab.evaluate(code, ...given);
  }

  async leave() {
    await this.browser.close();
    this.server.close();
  }
}
