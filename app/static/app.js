/* Conveniences; every page works without them. Loaded without defer, so that the chosen colours
   are there before the first paint. */
(() => {
  "use strict";

  const root = document.documentElement;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  /** Storage may be full or forbidden; then a choice lasts as long as the page. */
  const memory = (store) => ({
    get(key) {
      try { return window[store].getItem(`medina-${key}`) ?? ""; } catch { return ""; }
    },
    set(key, value) {
      try { window[store].setItem(`medina-${key}`, value); } catch { /* not kept */ }
    },
  });
  const device = memory("localStorage");
  const visit = memory("sessionStorage");

  const say = (text) => { one("#status").textContent = text; };

  // Colours: light, dark, or as on the device.
  const paint = (choice) => {
    if (choice) root.dataset.theme = choice;
    else delete root.dataset.theme;
  };
  paint(device.get("theme"));

  // Comparison: what was chosen stays chosen over pages of a list, for this visit.
  const tray = () => one("[data-compare-bar]");
  const chosen = (name) => visit.get(name).split(" ").filter(Boolean);
  const boxesOf = (name) => all(`[data-compare][name="${name}"]`);
  const hiddenIn = (bar) => all("input[type=hidden]", bar);

  /** On a new page: what its address asks for comes on top of what is remembered. */
  function remember() {
    const bar = tray();
    if (!bar) return;
    const name = bar.dataset.compareBar;
    const asked = [...boxesOf(name).filter((box) => box.defaultChecked), ...hiddenIn(bar)].map((box) => box.value);
    visit.set(name, [...new Set([...asked, ...chosen(name)])].slice(0, bar.dataset.limit).join(" "));
  }

  function showComparison() {
    const bar = tray();
    if (!bar) return;
    const { compareBar: name, limit } = bar.dataset;
    const slugs = chosen(name);
    const here = new Set();
    for (const box of boxesOf(name)) {
      here.add(box.value);
      box.checked = slugs.includes(box.value);
      box.disabled = !box.checked && slugs.length >= limit;
    }
    hiddenIn(bar).forEach((field) => field.remove());
    for (const value of slugs.filter((slug) => !here.has(slug))) {
      bar.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    const count = one("[data-compare-count]", bar);
    count.dataset.none ??= count.textContent;
    count.textContent = slugs.length
      ? count.dataset.compareCount.replace("{count}", slugs.length).replace("{limit}", limit)
      : count.dataset.none;
    one("[data-compare-clear]", bar).hidden = !slugs.length;
    bar.classList.toggle("has-choice", slugs.length > 0);
  }

  function choose(box) {
    const others = chosen(box.name).filter((slug) => slug !== box.value);
    visit.set(box.name, [...others, ...(box.checked ? [box.value] : [])].join(" "));
    showComparison();
  }

  // Drafts: saved after a second of silence, one request at a time, the state said in words.
  const timers = new WeakMap();
  const saving = new WeakSet();

  async function save(form) {
    if (saving.has(form)) return void later(form);
    const state = one(".save-state", form) ?? one("#save-state");
    const clock = new Intl.DateTimeFormat(`${root.lang}-u-nu-latn`, { timeStyle: "short", hourCycle: "h23" });
    saving.add(form);
    state.textContent = state.dataset.saving;
    form.dataset.dirty = "saving";
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { "HX-Request": "true" },
      });
      if (!answer.ok) throw new Error(answer.status);
      const version = answer.headers.get("Medina-Version");
      if (version && form.elements.version) form.elements.version.value = version;
      state.textContent = state.dataset.saved.replace("{time}", clock.format(new Date()));
      if (form.dataset.dirty === "saving") delete form.dataset.dirty;
    } catch {
      state.textContent = state.dataset.failed;
      form.dataset.dirty = "yes";
    } finally {
      saving.delete(form);
    }
  }

  function later(form) {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, 1000, form));
  }

  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form?.matches("[data-warn-unsaved], [data-autosave]")) return;
    form.dataset.dirty = "yes";
    if (form.dataset.autosave) later(form);
  });

  document.addEventListener("submit", ({ target }) => {
    clearTimeout(timers.get(target));
    delete target.dataset.dirty;
  });

  addEventListener("beforeunload", (event) => {
    if (one("form[data-warn-unsaved][data-dirty]")) event.preventDefault();
  });

  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-compare]")) choose(target);
    if (target.matches("[data-theme-choice]")) {
      device.set("theme", target.value);
      paint(target.value);
    }
  });

  document.addEventListener("click", async ({ target }) => {
    const copy = target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(one(copy.dataset.copy).textContent.trim());
      say(copy.dataset.copied);
      copy.textContent = copy.dataset.copied;
    }
    const clear = target.closest("[data-compare-clear]");
    if (clear) {
      visit.set(clear.form.dataset.compareBar, "");
      showComparison();
      all("[data-compare]")[0]?.focus();
    }
  });

  /** Parts that need a word from us, on a new page and in a swapped part of it. */
  function prepare(part) {
    showComparison();
    for (const button of all("[data-copy]", part)) button.hidden = !navigator.clipboard;
    if (!CSS.supports("selector(::details-content)") && innerWidth >= 960) {
      for (const panel of all(".facets", part)) panel.open = true;
    }
    const problems = one("[data-error-title]", part);
    if (problems) {
      const [before] = problems.dataset.errorTitle.split("{title}");
      if (!document.title.startsWith(before)) document.title = problems.dataset.errorTitle.replace("{title}", document.title);
    }
    one("[data-focus]", part)?.focus();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const choice = one("[data-theme-choice]");
    if (choice) choice.value = device.get("theme");
    remember();
    prepare(document);
  });

  // htmx: mark what is busy, say what has changed, and keep the page when an answer fails.
  const targetOf = ({ detail }) => (typeof detail.ctx.target === "string" ? one(detail.ctx.target) : detail.ctx.target);

  function alertFailure() {
    const place = one("#notice");
    const text = Object.assign(document.createElement("p"), { className: "notice notice-danger", textContent: place.dataset.failed });
    place.replaceChildren(text);
    place.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:before:request", (event) => {
    targetOf(event)?.classList.add("is-busy");
    one("#notice").replaceChildren();
  });

  document.addEventListener("htmx:finally:request", () => {
    all(".is-busy").forEach((part) => part.classList.remove("is-busy"));
  });

  document.addEventListener("htmx:error", alertFailure);

  // A whole page in answer to a part (a gateway's error page, say) would land inside the alert.
  document.addEventListener("htmx:before:swap", (event) => {
    const { response, text } = event.detail.ctx;
    if (response?.status >= 400 && /<html/i.test(text)) {
      event.preventDefault();
      alertFailure();
    }
  });

  /** Boxes and the search field say what the address says, not what was last clicked. */
  function followAddress(part) {
    for (const box of all("input[type=checkbox][form]:not([data-compare])", part)) box.checked = box.defaultChecked;
    for (const option of all("select[form] option", part)) option.selected = option.defaultSelected;
    const asked = new URLSearchParams(location.search);
    for (const field of all("form[role=search] input[type=search]")) {
      if (field !== document.activeElement) field.value = asked.get(field.name) ?? "";
    }
  }

  document.addEventListener("htmx:after:swap", (event) => {
    const part = targetOf(event);
    if (!part) return;
    if (event.detail.ctx.push) followAddress(part);
    prepare(part);
    const news = one("[data-announce]", part);
    if (news) say(news.dataset.announce);
    if (part.id === "notice") part.scrollIntoView({ block: "nearest" });
  });
})();
