// Filters of a list, and the choice of another day. Every page can be read without this script.
"use strict";
(() => {
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // What was known at a moment: [moment, days that stay, further days] becomes [moment, days].
  const unfold = (known) => {
    let days = [];
    return known.map(([moment, stay, further]) => [moment, (days = days.slice(0, stay).concat(further))]);
  };

  // The last element that begins by a text. Days and moments sort as texts.
  const last = (list, by) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle][0] <= by) low = middle + 1; else high = middle;
    }
    return list[low - 1];
  };

  const end = (day) => day + "T23:59:59.999999Z";

  const stateOn = (known, day, moment) => {
    const version = moment ? last(known, moment) : known[known.length - 1];
    return version && last(version[1], day);
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  // [class, word, timing, overdue, status] as elements.
  const badge = ([className, word, timing, overdue]) => {
    const parts = [element("span", "badge " + className, word)];
    if (timing) parts.push(" ", element("span", overdue ? "timing overdue" : "timing", timing));
    return parts;
  };

  // A date field and a slider that go together. The slider has one step for each of the days.
  const dial = (field, slider, days, changed) => {
    const from = () => { slider.value = Math.max(0, days.filter((day) => day <= field.value).length - 1); tell(); };
    const tell = () => slider.setAttribute("aria-valuetext", field.value);
    slider.max = Math.max(0, days.length - 1);
    field.addEventListener("input", () => { if (field.value) { from(); changed(); } });
    slider.addEventListener("input", () => { field.value = days[slider.value] || field.value; tell(); changed(); });
    from();
  };

  const distinct = (values) => [...new Set(values)].sort();

  // Prepares the choice of a day and a moment. Returns a function that shows what is chosen.
  const dials = (panel, rows, show) => {
    const day = one("[data-day]", panel), moment = one("[data-moment]", panel);
    const lastMoment = rows.map(([, known]) => known[known.length - 1][0]).sort().pop() || "";
    if (!moment.value) moment.value = moment.max = lastMoment.slice(0, 10);
    const days = distinct(rows.flatMap(([, known]) => known[known.length - 1][1].map(([day]) => day)));
    const moments = distinct(rows.flatMap(([, known]) => known.map(([moment]) => moment.slice(0, 10))));
    const changed = () => show(day.value, end(moment.value));
    dial(day, one("[data-day-slider]", panel), days, changed);
    dial(moment, one("[data-moment-slider]", panel), moments, changed);
    return changed;
  };

  // The page of one commitment.
  const block = one("#states");
  if (block) {
    const { known, words } = JSON.parse(block.textContent);
    const panel = one(".any-day"), answer = one("[data-answer]", panel);
    if (known.length) {
      dials(panel, [["", unfold(known)]], (day, moment) => {
        const found = stateOn(unfold(known), day, moment);
        const word = found && words[found[1]];
        answer.replaceChildren(...(word ? [...badge(word), " ", word[4]] : [answer.dataset.answer]));
      })();
    }
  }

  // The list of the front page.
  const list = one(".items[data-list]");
  if (!list) return;
  const items = all(":scope > li", list).map((node, index) => ({
    node, index, keys: (node.dataset.k || "").split(" "), due: node.dataset.d || "9999",
    text: node.textContent.toLowerCase(), title: one(".what", node).textContent,
    id: (one(".what a", node).getAttribute("href").match(/commitments\/(.*)\/index\.html$/) || [])[1],
    how: one(".how", node), now: one(".how", node).cloneNode(true),
  }));
  const controls = one(".controls");
  const count = one("[data-count]"), none = one("[data-none]");
  const order = controls ? all("[data-rank]", controls).map((option) => option.value) : [];
  const rank = (item) => {
    const at = item.keys.includes("d-overdue") ? -1 : order.findIndex((key) => item.keys.includes(key));
    return at;
  };
  const sorts = {
    change: (a, b) => a.index - b.index,
    title: (a, b) => a.title.localeCompare(b.title, document.documentElement.lang),
    deadline: (a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.index - b.index),
    verdict: (a, b) => rank(a) - rank(b) || a.index - b.index,
  };
  const filter = () => {
    const wanted = all("select[data-filter]", controls).map((select) => select.value).filter(Boolean);
    const words = one("[data-words]", controls).value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const fits = wanted.every((key) => item.keys.includes(key)) && words.every((word) => item.text.includes(word));
      item.node.hidden = !fits;
      shown += fits;
    }
    count.textContent = count.dataset.count.replace("{n}", shown).replace("{all}", items.length);
    none.hidden = shown > 0;
  };
  const sort = () => {
    const by = sorts[one("[data-sort]", controls).value] || sorts.change;
    list.append(...items.slice().sort(by).map((item) => item.node));
  };
  if (controls) {
    controls.addEventListener("input", (event) => {
      if (event.target.matches("[data-sort]")) sort();
      filter();
    });
  }

  // Another day for the whole list, whose data is loaded when somebody asks for it.
  const panel = one(".any-day[data-src]");
  if (!panel) return;
  let loaded;
  const load = (source) => new Promise((done) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    document.head.append(script);
  });
  const ready = () => {
    const states = (self.servandaDays || []).flatMap(({ rows, words }) => rows.map(([id, known]) => [id, unfold(known), words]));
    const unfolded = states.filter(([, known]) => known.length);
    const byId = new Map(items.map((item) => [item.id, item]));
    const tally = one("[data-tally]", panel);
    return dials(panel, unfolded, (day, moment) => {
      const counts = new Map();
      for (const [id, known, words] of unfolded) {
        const found = stateOn(known, day, moment), word = found && words[found[1]];
        if (word) counts.set(word[1], [word, (counts.get(word[1]) || [0, 0])[1] + 1]);
        const item = byId.get(id);
        if (!item) continue;
        const status = element("span", "status", word ? word[4] : "");
        item.how.replaceChildren(...(word ? badge(word) : [panel.dataset.unregistered]), " ", status);
      }
      tally.replaceChildren(...[...counts.values()].sort((a, b) => b[1] - a[1]).map(([word, number]) => {
        const line = element("li", "");
        line.append(element("strong", "", String(number)), " ", badge([word[0], word[1], "", 0])[0]);
        return line;
      }));
    });
  };
  panel.addEventListener("toggle", () => {
    if (!panel.open) {
      for (const item of items) item.how.replaceChildren(...item.now.cloneNode(true).childNodes);
    } else {
      loaded ||= Promise.all(panel.dataset.src.split(" ").map(load)).then(ready);
      loaded.then((show) => { if (panel.open) show(); });
    }
  });
})();
