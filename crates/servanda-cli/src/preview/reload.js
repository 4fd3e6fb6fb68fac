// Reloads the page when the site has changed. Only `servanda serve` adds this script to pages.
"use strict";
(() => {
  const version = document.currentScript.src.split("?")[1];
  let asked = null;

  // A browser opens only a few connections to a host, so a hidden page keeps none.
  async function ask() {
    if (document.hidden || asked) {
      return;
    }
    asked = new AbortController();
    let pause = 1000;
    try {
      // The answer comes when the site has another version, or after some time.
      const answer = await fetch("/servanda-reload?" + version, { signal: asked.signal });
      if (answer.ok && (await answer.text()) !== version) {
        location.reload();
        return;
      }
      pause = answer.ok ? 0 : pause;
    } catch {
      // The page is hidden, or the preview has ended and may start again.
    }
    asked = null;
    setTimeout(ask, pause);
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? asked?.abort() : ask()));
  ask();
})();
