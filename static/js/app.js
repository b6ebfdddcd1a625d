// What a page does beyond its links and forms. Without this file everything still works.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const clockTime = (when) => new Date(when).toTimeString().slice(0, 5);
const attempt = (deed) => { try { return deed(); } catch { return null; } }; // storage may be forbidden

function notice(words) {
  const line = one("#notice");
  if (!line) return;
  line.textContent = words;
  line.hidden = false;
  clearTimeout(line.timer);
  line.timer = setTimeout(() => { line.hidden = true; }, 6000);
}

// Keyboard: / searches; in a list j and k move, x picks, Enter opens.
function moveTo(row) {
  all("tr.is-here").forEach((other) => other.classList.remove("is-here"));
  row.classList.add("is-here");
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeAll();
  const busy = event.target.closest("input, textarea, select, button, summary, a, dialog, [contenteditable]");
  if (event.ctrlKey || event.metaKey || event.altKey || (busy && !event.target.matches("[data-pick]"))) return;
  if (event.key === "/" && one("#search")) { event.preventDefault(); one("#search").focus(); return; }
  const rows = all("[data-list] [data-row]");
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.classList.contains("is-here"));
  if (event.key === "j") moveTo(rows[Math.min(here + 1, rows.length - 1)]);
  if (event.key === "k") moveTo(rows[Math.max(here - 1, 0)]);
  if (here < 0) return;
  if (event.key === "Enter" && rows[here].dataset.href) location.href = rows[here].dataset.href;
  const box = one("[data-pick]", rows[here]);
  if (event.key.toLowerCase() === "x" && box) pick(box, !box.checked, event.shiftKey);
});

// Selection; with shift all rows from the last one picked.
let lastPicked = null;

function pick(box, on, range) {
  const boxes = all("[data-pick]");
  const [from, to] = [boxes.indexOf(lastPicked), boxes.indexOf(box)].sort((a, b) => a - b);
  if (range && from >= 0) boxes.slice(from, to + 1).forEach((other) => { other.checked = on; });
  box.checked = on;
  lastPicked = box;
  countPicked();
}

function countPicked() {
  const bar = one("[data-bulk]");
  if (!bar) return;
  const boxes = all("[data-pick]");
  const picked = boxes.filter((box) => box.checked).length;
  const every = one("[data-pick-every]", bar);
  const whole = one("[data-pick-all]");
  boxes.forEach((box) => box.closest("tr").classList.toggle("is-picked", box.checked));
  if (whole) { whole.checked = picked === boxes.length; whole.indeterminate = picked > 0 && !whole.checked; }
  if (every && picked < boxes.length) every.checked = false;
  if (every) every.closest("label").hidden = picked < boxes.length;
  const words = one("[data-bulk-count]", bar);
  const count = `${every && every.checked ? every.dataset.count : picked} ${words.dataset.noun}`;
  words.textContent = `已选 ${count}`;
  all("[data-bulk-act]", bar).forEach((button) => { button.textContent = `${button.dataset.bulkAct} ${count}`; });
  bar.classList.toggle("is-idle", picked === 0);
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.matches("[data-pick-all]")) all("[data-pick]").forEach((other) => { other.checked = box.checked; });
  if (box.matches("[data-pick], [data-pick-all], [data-pick-every]")) countPicked();
  if (box.matches("[data-filters] select:not([multiple])")) box.form.requestSubmit();
  if (box.matches("input[type=file][multiple]") && !box.form?.dataset.staging) showFiles(box);
});

function showFiles(input) {
  let line = input.nextElementSibling;
  if (!line || !line.matches(".file-names")) {
    line = document.createElement("p");
    line.className = "file-names";
    input.after(line);
  }
  line.textContent = input.files.length > 1 ? `${input.files.length} 个文件：${[...input.files].map((file) => file.name).join("、")}` : "";
}

// One press, one deed: ask first where it is grave, then say what the button is doing.
const sending = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.ask && !form.asked && one("#ask")) {
    event.preventDefault();
    ask(form.dataset.ask, () => { form.asked = true; form.requestSubmit(event.submitter); });
    return;
  }
  if (form.matches("[data-export]")) makeFile(event, event.submitter || one("button[type=submit]", form));
  if (!form.matches("[data-act]")) return;
  if (sending.has(form)) { event.preventDefault(); return; }
  sending.add(form);
  const button = event.submitter || one("button[type=submit]", form);
  setTimeout(() => {
    all("button[type=submit]", form).forEach((other) => { other.disabled = true; });
    if (button) { button.dataset.verb = button.textContent; button.textContent = button.dataset.busy || "正在提交…"; }
  });
  if (form.dataset.draft) keepDraft(form, true);
});

window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  all("form[data-act]").forEach((form) => sending.delete(form));
  all("button[data-verb]").forEach((button) => { button.disabled = false; button.textContent = button.dataset.verb; });
});

// A file that is being made: its button counts the seconds, and none is asked for twice. The answer, a file
// or the page that says why there is none, brings a cookie (config/time_limit.py).
const ARRIVED = "export_arrived";
const MOST_TICKS = 1200;
let making = null;

function makeFile(event, button) {
  if (making) { event.preventDefault(); notice("上一个导出还在生成，生成后自动开始下载，请稍等。"); return; }
  document.cookie = `${ARRIVED}=; path=/; max-age=0`;
  const begun = Date.now(), said = button.innerHTML;
  let ticks = 0;
  const tick = () => {
    if ((ticks += 1) > MOST_TICKS || document.cookie.includes(`${ARRIVED}=1`)) { making.end(); return; }
    button.textContent = `正在导出… ${Math.round((Date.now() - begun) / 1000)} 秒`;
  };
  const end = () => {
    clearInterval(making.timer);
    button.innerHTML = said;
    all("[data-export]").forEach((other) => other.removeAttribute("aria-disabled"));
    making = null;
  };
  making = { timer: setInterval(tick, 500), end };
  all("[data-export]").forEach((other) => other.setAttribute("aria-disabled", "true"));
}

window.addEventListener("pageshow", (event) => { if (event.persisted && making) making.end(); });

function ask(words, deed) {
  const dialog = one("#ask");
  one("#ask-words").textContent = words;
  dialog.returnValue = "no";
  dialog.onclose = () => { if (dialog.returnValue === "yes") deed(); };
  dialog.showModal();
}

// Drafts stay in this browser only, and never hold what is marked data-secret.
const draftName = (form) => `draft:${form.dataset.draft}`;
const isKept = (field) => field.name && !/^(_|csrf)/.test(field.name) && !field.closest("[data-secret]")
  && !["password", "file", "hidden", "submit", "button"].includes(field.type);

function typed(form) {
  const values = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    if (/checkbox|radio/.test(field.type)) { if (field.checked) (values[field.name] ||= []).push(field.value); }
    else if (field.multiple) values[field.name] = [...field.selectedOptions].map((option) => option.value);
    else if (field.value !== "") (values[field.name] ||= []).push(field.value);
  }
  return values;
}

function keepDraft(form, pending = false) {
  const at = Date.now();
  attempt(() => localStorage.setItem(draftName(form), JSON.stringify({ at, pending, values: typed(form) })));
  const line = one("[data-saved]", form);
  if (line && !pending) { line.textContent = `已暂存 ${clockTime(at)}`; line.hidden = false; }
}

// The rows of a list that stood there when the draft was kept.
function addRows(form, values) {
  for (const rows of all("[data-rows]", form)) {
    const [own, button] = [`${rows.dataset.rows}-`, one("[data-add-row]", rows)];
    const numbers = Object.keys(values).filter((name) => name.startsWith(own)).map((name) => parseInt(name.slice(own.length), 10) || 0);
    while (button && !button.hidden && Number(one(`[name="${own}TOTAL_FORMS"]`, rows).value) <= Math.max(-1, ...numbers)) button.click();
  }
}

function putBack(form, values) {
  addRows(form, values);
  const left = JSON.parse(JSON.stringify(values));
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const several = left[field.name] || [];
    if (/checkbox|radio/.test(field.type)) field.checked = several.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = several.includes(option.value);
    else field.value = several.shift() ?? "";
  }
  showWhatApplies(form);
}

function offerDraft(form, draft) {
  const bar = document.createElement("div");
  bar.className = "draft";
  bar.innerHTML = '<span></span><button type="button" class="button button--small">恢复</button><button type="button" class="button button--small button--quiet">不要了</button>';
  bar.firstChild.textContent = `${new Date(draft.at).toLocaleDateString("sv")} ${clockTime(draft.at)} 暂存过一份没有提交的内容。`;
  const [back, drop] = all("button", bar);
  back.onclick = () => { putBack(form, draft.values); bar.remove(); };
  drop.onclick = () => { attempt(() => localStorage.removeItem(draftName(form))); bar.remove(); };
  one(".act__fields", form)?.prepend(bar);
}

function sortDrafts() {
  const forms = all("form[data-draft]");
  const mine = `draft:${document.body.dataset.person || ""}:`;
  const week = 7 * 24 * 3600 * 1000;
  for (const name of attempt(() => Object.keys(localStorage)) || []) {
    if (!name.startsWith("draft:")) continue;
    const draft = attempt(() => JSON.parse(localStorage.getItem(name)));
    if (!draft || Date.now() - draft.at > week) { localStorage.removeItem(name); continue; }
    const form = forms.find((candidate) => draftName(candidate) === name);
    if (draft.pending && (document.body.matches("[data-plain]") || form?.matches("[data-bound]"))) {
      localStorage.setItem(name, JSON.stringify({ ...draft, pending: false })); // it did not arrive
    } else if (draft.pending && name.startsWith(mine)) {
      localStorage.removeItem(name); // it arrived
    } else if (form && !form.matches("[data-bound]") && JSON.stringify(typed(form)) !== JSON.stringify(draft.values)) {
      offerDraft(form, draft);
    }
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-unsaved]")) form.touched = true;
  if (!form?.dataset.draft) return;
  form.touched = form.touched || !isKept(event.target);
  clearTimeout(form.timer);
  form.timer = setTimeout(() => keepDraft(form), 800);
});

window.addEventListener("beforeunload", (event) => {
  for (const form of all("form[data-draft], form[data-unsaved]")) {
    if (sending.has(form)) continue;
    if (form.timer) { clearTimeout(form.timer); keepDraft(form); }
    if (form.touched) event.preventDefault(); // what isn't kept: ask before leaving
  }
});

// Drawer, menus, dialog
let opener = null;

function closeAll() {
  const drawer = one("#drawer");
  if (drawer && !drawer.hidden) { drawer.hidden = true; opener?.focus(); }
  all("details.menu[open]").forEach((menu) => { menu.open = false; });
}

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target.matches("[data-pick]")) pick(target, target.checked, event.shiftKey);
  if (target.closest("[data-close]")) closeAll();
  if (target.closest("[data-drawer]")) opener = target.closest("[data-drawer]");
  all("details.menu[open]").forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
  const slow = target.closest("[data-slow]");
  if (slow) notice(slow.dataset.slow);
  const leaving = target.closest("a[data-export]");
  if (leaving) makeFile(event, one("summary", leaving.closest("details.menu") || leaving) || leaving);
  const fault = target.closest("[data-faults] a[href^='#']");
  if (fault) {
    const field = document.getElementById(fault.hash.slice(1));
    const input = field && one("input:not([type=hidden]), select, textarea", field);
    if (input) { event.preventDefault(); field.scrollIntoView({ block: "center" }); input.focus({ preventScroll: true }); }
  }
});

// htmx: a whole page never lands inside a list or a drawer; a piece that was refused leaves the page as it is.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status >= 400) { event.detail.shouldSwap = false; return; }
  if (/^\s*<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    location.href = xhr.responseURL;
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "drawer-body") { one("#drawer").hidden = false; one("#drawer-body").focus(); }
  if (event.detail.target.id === "list") beginFolded();
  arrange();
});
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  const said = /^text\/plain/.test(xhr.getResponseHeader("Content-Type") || "") && xhr.responseText;
  notice(said || "没有取到内容。刷新页面再试；仍不成的，告诉系统管理员。");
});
document.addEventListener("htmx:sendError", () => notice("连不上服务器。检查网络后再试，已填的内容没有丢。"));

// A list remembers its address for the way back, and long choices get a box to narrow them.
function arrange() {
  const list = one("[data-list]");
  if (list?.dataset.list) attempt(() => sessionStorage.setItem(`at:${list.dataset.list}`, location.search));
  for (const link of all("a[data-back]")) {
    const search = attempt(() => sessionStorage.getItem(`at:${link.dataset.back}`));
    if (search && !link.search) link.search = search;
  }
  for (const select of all(".field select:not([data-narrowed])")) if (select.options.length > 30) narrow(select);
  countPicked();
}

function narrow(select) {
  select.dataset.narrowed = "";
  const box = document.createElement("input");
  box.type = "search";
  box.className = "select-filter";
  box.placeholder = "输入几个字缩小范围";
  box.setAttribute("aria-label", "缩小选项范围");
  box.addEventListener("input", () => {
    const words = box.value.trim();
    const fits = [...select.options].filter((option) => !(option.hidden = Boolean(words) && !option.text.includes(words)));
    if (words && fits.length === 1) select.value = fits[0].value;
  });
  select.before(box);
}

// A short list of boxes: typing looks through all of them, the folded ones too.
for (const list of all(".choices[data-search]")) {
  const box = document.createElement("input");
  box.type = "search";
  box.className = "select-filter";
  box.placeholder = "输入几个字查找";
  box.setAttribute("aria-label", `查找${list.dataset.search}`);
  const rest = one("details", list);
  box.addEventListener("input", (event) => {
    event.stopPropagation(); // it is no field of the form
    const words = box.value.trim();
    if (rest) one("summary", rest).hidden = Boolean(words);
    if (rest) rest.open = Boolean(words) || Boolean(one(":checked", rest));
    all(".choice", list).forEach((choice) => { choice.hidden = Boolean(words) && !choice.textContent.includes(words); });
  });
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.before(box);
}

function followRail() {
  const links = all(".rail a");
  if (!links.length) return;
  const watch = new IntersectionObserver((entries) => {
    const seen = entries.find((entry) => entry.isIntersecting);
    if (seen) links.forEach((link) => link.classList.toggle("is-here", link.hash === `#${seen.target.id}`));
  }, { rootMargin: "-64px 0px -60% 0px" });
  links.forEach((link) => { const section = one(link.hash); if (section) watch.observe(section); });
}

// What a field answers: of boxes the ticked ones, none where nothing is ticked.
function answersOf(asked) {
  const boxes = (asked instanceof RadioNodeList ? [...asked] : [asked]).filter((each) => each.type === "checkbox");
  return boxes.length ? boxes.filter((each) => each.checked).map((each) => each.value) : [asked.value];
}

// A field shows when an earlier answer makes it apply; one that doesn't is not sent, and keeps what was typed.
function showWhatApplies(within = document) {
  for (const box of all("[data-when]", within)) {
    const asked = box.closest("form").elements[box.dataset.when];
    if (!asked) continue;
    const answers = answersOf(asked);
    box.hidden = box.dataset.is === "*" ? !answers.some(Boolean) : !answers.some((each) => box.dataset.is.split(" ").includes(each));
    all("input, select, textarea", box).forEach((field) => { field.disabled = box.hidden; });
  }
}

for (const kind of ["change", "input"]) {
  document.addEventListener(kind, ({ target }) => { if (target.form && one(`[data-when="${CSS.escape(target.name)}"]`, target.form)) showWhatApplies(target.form); });
}
showWhatApplies();

// A choice that knows a figure offers it, unless another was typed (data-fills names the field, data-fill the figure).
for (const select of all("select[data-fills]")) {
  let offered = select.selectedOptions[0]?.dataset.fill || "";
  select.addEventListener("change", () => {
    const field = select.form.elements[select.dataset.fills], offer = select.selectedOptions[0]?.dataset.fill || "";
    if (["", offered].includes(field.value)) field.value = offer;
    offered = offer;
  });
}

// Another row of a formset: the server's own empty row with the next number.
for (const button of all("[data-add-row]")) {
  const rows = button.closest("[data-rows]");
  const total = one(`[name="${rows.dataset.rows}-TOTAL_FORMS"]`, rows);
  const most = Number(one(`[name="${rows.dataset.rows}-MAX_NUM_FORMS"]`, rows)?.value || 1000);
  button.hidden = false;
  button.onclick = () => {
    const row = document.createElement("div");
    row.innerHTML = one("template", rows).innerHTML.replaceAll("__prefix__", total.value);
    const added = row.firstElementChild;
    button.before(added);
    total.value = Number(total.value) + 1;
    showWhatApplies(added);
    one("input:not([type=hidden]), select, textarea", added)?.focus();
    button.hidden = Number(total.value) >= most;
  };
}

// On a phone the words alone stand first; the other conditions open together, and fold again over a new list.
function foldFilters() {
  for (const form of all(".filters")) {
    const more = one(".filters__more", form);
    if (!more) continue;
    form.classList.add("filters--ready");
    form.classList.toggle("filters--folded", !more.open);
    form.classList.toggle("filters--wordless", !one(".filter--words", form));
  }
}
document.addEventListener("toggle", foldFilters, true);

function beginFolded() {
  const small = matchMedia("(max-width: 767px)").matches;
  for (const more of all(".filters__more")) if (small && !one(".fault", more.closest("form"))) more.open = false;
  foldFilters();
}

// What is folded on the screen stands on paper.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = all("main details:not([open]):not(.menu):not(.filters__more)");
  unfolded.forEach((part) => { part.open = true; });
});
addEventListener("afterprint", () => unfolded.forEach((part) => { part.open = false; }));

beginFolded();
arrange();
sortDrafts();
followRail();
// What was done is said above; the keyboard goes on at what comes next. Not before the page is there:
// an address that ends in #main takes the focus until then.
if (one(".banner--green[role=status]")) {
  const go = () => { if ((document.activeElement || document.body).matches("body, #main")) one(".next a.button--act")?.focus({ preventScroll: true }); };
  addEventListener("load", () => setTimeout(go));
}
one("[data-faults]")?.focus();
