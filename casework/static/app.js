// Enhancements only: every page works without this file. Leave quickly, hide names, keep what is typed.

const body = document.body;

// --- Leave quickly: Esc three times or the link. The page is blank before anything goes over the line. ---
function leave() {
  document.title = "";
  body.replaceChildren();
  unsaved = false;
  if (body.dataset.leave) navigator.sendBeacon(body.dataset.leave);
  tell("leave");
  location.replace(body.dataset.target || "/calendar");
}

const others = "BroadcastChannel" in window ? new BroadcastChannel("casework") : null;
function tell(word) {
  if (others) others.postMessage(word);
}
if (others) {
  others.onmessage = (event) => {
    if (event.data !== "leave") return;
    unsaved = false;
    body.replaceChildren();
    location.replace(body.dataset.target || "/calendar");
  };
}

let escapes = [];
function escape_pressed() {
  const now = Date.now();
  escapes = [...escapes.filter((moment) => now - moment < 1500), now];
  if (escapes.length >= 3) leave();
}

// A page that comes back from the browser's memory may belong to a session that has ended: load it again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// --- Single keys, while not typing; the page 'Keys' lists them and can switch them off. ---
// Hiding names is the server's work: it no longer sends them. Where something is typed and not sent, the page stays
// and its style covers them at once.
async function turn_names(form) {
  const button = form.querySelector("button");
  const hide = button.value === "1";
  document.documentElement.classList.toggle("cw-masked", hide);
  if (!document.querySelector("form[data-keep]")) return form.requestSubmit(button);
  const sent = new FormData(form);
  sent.set("hide", button.value);
  await fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
  button.value = hide ? "0" : "1";
  button.textContent = hide ? button.dataset.show : button.dataset.hide;
}

function typing(target) {
  return target.matches("input, textarea, select") || target.isContentEditable;
}

function single_key(key) {
  const names = document.getElementById("names");
  const places = document.querySelectorAll(".cw-nav a");
  if (key === "m" && names) turn_names(names);
  else if (key === "/" && document.getElementById("header-search")) document.getElementById("header-search").focus();
  else if (key === "a" && document.getElementById("next")) document.getElementById("next").click();
  else if (key === "?") location.assign(body.dataset.keys);
  else if (/^[1-5]$/.test(key) && places[key - 1]) places[key - 1].click();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return escape_pressed();
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (body.dataset.keys && plain && !typing(event.target) && single_key(event.key)) event.preventDefault();
});

document.getElementById("names")?.addEventListener("submit", (event) => {
  if (!document.querySelector("form[data-keep]")) return;
  event.preventDefault();
  turn_names(event.target);
});

document.getElementById("leave")?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// --- Errors: begin where they are told. ---
document.getElementById("error-summary")?.focus();

// --- What is typed: warn before it is lost, keep it as a draft every 20 seconds. ---
let unsaved = false;
let sending = false;

addEventListener("beforeunload", (event) => {
  if (unsaved && !sending) event.preventDefault();
});

for (const form of document.querySelectorAll("form[data-keep]")) {
  let changed = false;
  form.addEventListener("input", () => {
    changed = unsaved = true;
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    sending = true;
    setTimeout(() => {
      delete form.dataset.sent;
      sending = false;
    }, 8000);
  });
  if (!form.querySelector("button[name=save]")) continue;
  setInterval(async () => {
    if (!changed || sending) return;
    changed = false;
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    typed.set("save", "draft");
    const note = form.querySelector(".cw-saved");
    try {
      const headers = { "X-Draft": "1" };
      const answer = await fetch(form.action, { method: "POST", body: typed, headers, redirect: "manual" });
      if (!answer.ok) throw new Error();
      unsaved = changed;
      if (note) note.textContent = note.dataset.saved || "";
    } catch {
      changed = true;
      if (note) note.textContent = note.dataset.failed || "";
    }
  }, 20000);
}
