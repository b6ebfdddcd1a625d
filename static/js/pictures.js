// Pictures in full, and files as they come: pasted, dragged, several at once. Without it links and inputs do.
"use strict";

// A picture over the page: ← and → turn, Esc closes, and the focus stays with the picture last seen.
let shown = null;

const picturesNear = (link) => all("a[data-picture]", link.closest("section, table, main") || document);

function showPicture(link) {
  const box = one("#picture");
  const row = picturesNear(link);
  const image = one("img", box);
  shown = link;
  image.hidden = false;
  one(".picture__none", box).hidden = true;
  image.src = link.href;
  image.alt = link.dataset.picture;
  one("#picture-title").textContent = link.dataset.picture;
  one(".picture__place", box).textContent = row.length > 1 ? `第 ${row.indexOf(link) + 1} 张，共 ${row.length} 张` : "";
  one(".picture__facts", box).textContent = link.dataset.facts || "";
  one("[data-original]", box).href = link.dataset.original;
  all("[data-turn='1'], [data-turn='-1']", box).forEach((button) => { button.hidden = row.length < 2; });
  if (!box.open) box.showModal();
}

function turnPicture(step) {
  if (!step) { one("#picture").close(); return; }
  const row = picturesNear(shown);
  showPicture(row[(row.indexOf(shown) + step + row.length) % row.length]);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-picture]");
  if (link && one("#picture")?.showModal && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    showPicture(link);
  }
  const button = event.target.closest("#picture [data-turn]");
  if (button) turnPicture(Number(button.dataset.turn));
  if (event.target.id === "picture") event.target.close(); // the ground beside it
});

if (one("#picture")) {
  const box = one("#picture");
  const step = { ArrowLeft: -1, ArrowRight: 1 };
  box.addEventListener("keydown", (event) => {
    event.stopPropagation(); // j, k and / are of the page below
    if (!step[event.key] || !(picturesNear(shown).length > 1)) return;
    event.preventDefault();
    turnPicture(step[event.key]);
  });
  box.addEventListener("close", () => { one("img", box).removeAttribute("src"); shown?.focus(); });
  one("img", box).addEventListener("error", ({ target }) => {
    if (!target.hasAttribute("src")) return;
    target.hidden = true;
    one(".picture__none", box).hidden = false;
  });
}

// Files for an act are sent as they are chosen, pasted or dragged in, each with its progress; the form then
// carries only their names. What can't be taken is said at once, and nothing typed is lost.
const stagingField = (input) => input.matches("form[data-staging] input[type=file][multiple]");

function stagedList(input) {
  const field = input.closest(".field");
  let list = one(".staged", field);
  if (!list) {
    list = document.createElement("div");
    list.className = "staged";
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", "已收到的文件");
    list.innerHTML = '<p role="status"></p>';
    field.append(list);
  }
  return list;
}

function countStaged(list) {
  const count = all("[name=_staged]", list).length;
  one("p", list).textContent = count ? `已收到 ${count} 个文件；不要的去掉勾选：` : "";
}

function takeIn(input, files) {
  const form = input.form;
  const list = stagedList(input);
  form.touched = true;
  for (const file of files) {
    const line = document.createElement("label");
    line.className = "staged__line";
    line.innerHTML = '<span></span><progress max="100" value="0"></progress>';
    line.firstChild.textContent = `正在上传 ${file.name}`;
    list.append(line);
    form.uploading = (form.uploading || 0) + 1;
    const taken = (answer) => {
      line.insertAdjacentHTML("beforebegin", answer);
      line.remove();
      countStaged(list);
      form.uploading -= 1;
      if (/class="fault"/.test(answer)) form.waiting = null; // nothing is sent short of a file without its being seen
      if (!form.uploading && form.waiting) { const { button } = form.waiting; form.waiting = null; form.requestSubmit(button); }
    };
    // One after the other: they stay in their order, and a weak line carries each to its end.
    form.last = (form.last || Promise.resolve()).then(() => sendFile(form, input, file, one("progress", line)).then(taken));
  }
}

// The piece of the form that the server answers with, or a sentence; it never fails.
const sendFile = (form, input, file, bar) => new Promise((done) => {
  const request = new XMLHttpRequest();
  const parts = new FormData();
  parts.append("csrfmiddlewaretoken", one("[name=csrfmiddlewaretoken]", form).value);
  parts.append("address", new URL(form.getAttribute("action") || "", location.href).pathname);
  parts.append("field", input.name);
  parts.append("files", file, file.name);
  const failed = () => {
    form.waiting = null;
    const line = document.createElement("p");
    line.className = "fault";
    line.textContent = `文件“${file.name}”没有传上去。检查网络后再选一次；已填的内容没有丢。`;
    done(line.outerHTML);
  };
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total; });
  request.addEventListener("load", () => (request.status === 200 && !/^\s*<!doctype/i.test(request.responseText) ? done(request.responseText) : failed()));
  request.addEventListener("error", failed);
  request.open("POST", form.dataset.staging);
  request.send(parts);
});

document.addEventListener("change", ({ target }) => {
  if (!stagingField(target) || !target.files.length) return;
  takeIn(target, [...target.files]);
  target.value = ""; // they go once
});

// A press while files are on their way waits for them.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.uploading) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.waiting = { button: event.submitter };
  notice(`还有 ${form.uploading} 个文件正在上传，传完就提交。`);
}, true);

// Pasted screenshots are all called image.png: the time tells them apart.
const pasted = (file, place) => (/^image\.\w+$/.test(file.name)
  ? new File([file], `粘贴图片 ${new Date().toTimeString().slice(0, 8).replaceAll(":", "-")}-${place + 1}.${file.name.split(".").pop()}`, { type: file.type })
  : file);

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files || [])];
  const own = event.target.closest?.(".field");
  const input = (own && one("input[type=file][multiple]", own)) || all("input[type=file][multiple]").find(stagingField);
  if (!files.length || !input || !stagingField(input)) return;
  event.preventDefault();
  takeIn(input, files.map(pasted));
  notice(`粘贴了 ${files.length} 个文件，放在“${one("label", input.closest(".field")).firstChild.textContent.trim()}”里。`);
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const field = event.target.closest?.(".field");
    const input = field && one("input[type=file][multiple]", field);
    if (event.dataTransfer?.types.includes("Files") && one("form[data-staging]")) event.preventDefault(); // beside a field: the page stays
    if (!input || !stagingField(input)) return;
    event.preventDefault();
    field.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) takeIn(input, [...event.dataTransfer.files]);
  });
}
