// The chat page: asks for what is new, draws it, and sends what the visitor types or presses. No state but what is on screen.

import { element } from "./dom.js";
import { slackBody } from "./slack.js";
import { dingtalkBody } from "./dingtalk.js";
import { drawModal } from "./modal.js";

const every = 700;
const notice = document.getElementById("notice");
let texts = {};
let version = -1;

// The terminal prints the token in the part of the URL that browsers never send; it stays in this tab and travels as a header.
function startToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("start");
  if (given) {
    sessionStorage.setItem("start", given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("start") ?? "";
}

const token = startToken();

async function ask(path, body) {
  const answer = await fetch(path, {
    method: body === undefined ? "GET" : "POST",
    headers: { "X-Start-Token": token, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
  });
  if (answer.status === 204) return null;
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error);
  return json;
}

function say(text) {
  notice.textContent = text;
  notice.hidden = text === "";
}

async function attempt(work) {
  try {
    await work();
    say("");
  } catch (failure) {
    say(failure instanceof TypeError ? texts.unreachable ?? "The demo does not answer." : failure.message);
  }
}

function shortcut(name, callback, entry) {
  const person = document.querySelector("#slack form.say").elements.person.value;
  return attempt(() => ask("shortcut", { person, shortcut: callback, entry: entry ?? "" }).then(refresh));
}

function drawEntry(room, entry, press, speak, shortcuts) {
  const only = entry.onlyFor ? element("div", { class: "only" }, texts.onlyFor.replace("{0}", entry.onlyFor)) : null;
  const body = entry.typed !== undefined ? element("div", { class: "body lines" }, entry.typed) : room === "slack" ? slackBody(entry.message, press(entry)) : dingtalkBody(entry.message, speak, press(entry), texts);
  return element(
    "div",
    { class: "entry new" + (entry.onlyFor ? " private" : "") + (entry.thread ? " reply" : ""), "data-id": entry.id, "data-edition": entry.edition },
    only,
    entry.thread ? element("div", { class: "only" }, texts.thread) : null,
    element("div", { class: "who" }, element("b", {}, entry.author), entry.app ? element("span", { class: "app" }, texts.app) : null, element("time", {}, entry.at), entry.message && room === "slack" ? shortcuts.map((each) => element("button", { type: "button", class: "shortcut", onclick: () => shortcut(room, each.id, entry.id) }, each.name)) : null),
    body,
  );
}

function drawRoom(name, room, people) {
  const section = document.getElementById(name);
  const list = section.querySelector(".entries");
  const form = section.querySelector("form.say");
  const chosen = () => form.elements.person.value;
  const press = (entry) => (action, button) => {
    button.disabled = true;
    attempt(() => ask("press", { entry: entry.id, person: chosen(), action: action.action_id, value: action.value ?? "" }).then(refresh)).finally(() => (button.disabled = false));
  };
  const speak = (text) => attempt(() => ask("say", { room: name, person: chosen(), text }).then(refresh));

  section.querySelector(".place").textContent = room.name;
  if (form.elements.person.options.length === 0) {
    form.elements.person.append(...people.map((each) => element("option", { value: each.id }, each.name + " · " + texts[each.role])));
    section.querySelector("datalist").replaceChildren(...room.suggestions.map((each) => element("option", { value: each })));
    section.querySelector(".shortcuts")?.replaceChildren(...(room.shortcuts ?? []).filter((each) => each.everywhere).map((each) => element("button", { type: "button", onclick: () => shortcut(name, each.id) }, "⚡ " + each.name)));
  }
  const onMessages = (room.shortcuts ?? []).filter((each) => !each.everywhere);
  form.onsubmit = (event) => {
    event.preventDefault();
    const text = form.elements.text.value;
    form.elements.text.value = "";
    speak(text);
  };

  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const shown = new Map([...list.children].map((child) => [child.dataset.id, child]));
  list.querySelector(".empty")?.remove();
  for (const entry of room.entries) {
    const old = shown.get(entry.id);
    shown.delete(entry.id);
    if (old?.dataset.edition === String(entry.edition)) continue;
    const drawn = drawEntry(name, entry, press, speak, onMessages);
    if (old) old.replaceWith(drawn);
    else list.append(drawn);
  }
  for (const gone of shown.values()) gone.remove();
  if (room.entries.length === 0) list.append(element("div", { class: "empty" }, texts.quiet));
  if (atEnd) list.scrollTop = list.scrollHeight;
}

// A modal that did not change stays as it is, with what the visitor has typed into it.
function drawModals(modals, conversations) {
  const place = document.getElementById("modals");
  const shown = new Map([...place.children].map((child) => [child.dataset.id, child]));
  for (const modal of modals) {
    const old = shown.get(modal.id);
    shown.delete(modal.id);
    if (old?.dataset.number === String(modal.number)) continue;
    const send = (action, values) => attempt(() => ask("modal", { person: modal.person, modal: modal.id, action, values }).then(refresh));
    const drawn = drawModal(modal, conversations, texts, send);
    if (old) old.replaceWith(drawn);
    else place.append(drawn);
    (drawn.querySelector("[aria-invalid]") ?? drawn.querySelector("input, select, textarea") ?? drawn).focus();
  }
  for (const gone of shown.values()) gone.remove();
}

function drawCloud(state) {
  document.getElementById("instances").replaceChildren(
    ...state.instances.map((each) => element("tr", {}, element("td", {}, each.name, element("small", {}, each.id + " · " + each.region)), element("td", {}, element("span", { class: "state " + each.status }, each.status)))),
  );
  document.getElementById("calls").replaceChildren(
    ...state.calls.map((each) =>
      element("li", {}, element("time", {}, each.at), element("span", {}, each.api), element("span", { class: each.failed ? "bad" : "" }, each.outcome), each.subject ? element("small", {}, each.subject) : null),
    ),
  );
}

async function refresh() {
  const state = await ask("state?after=" + version);
  if (state === null) return;
  version = state.version;
  drawRoom("slack", state.slack, state.slackPeople);
  drawRoom("dingtalk", state.dingtalk, state.dingtalkPeople);
  drawModals(state.modals ?? [], state.conversations ?? []);
  drawCloud(state);
}

async function speakLanguage(language) {
  texts = await ask("texts?language=" + language);
  document.documentElement.lang = { en: "en", zh: "zh-Hans", ja: "ja" }[texts.code];
  document.getElementById("language").value = texts.code;
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = texts[each.dataset.text];
  for (const each of document.querySelectorAll("[data-placeholder]")) each.placeholder = texts[each.dataset.placeholder];
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", texts[each.dataset.label]);
  for (const each of document.querySelectorAll(".room")) {
    each.querySelector(".entries").replaceChildren();
    each.querySelector("form.say select").replaceChildren();
  }
  document.getElementById("modals").replaceChildren();
  version = -1;
}

for (const button of document.querySelectorAll("nav button")) {
  button.addEventListener("click", () => {
    document.body.dataset.shown = button.dataset.show;
    for (const each of document.querySelectorAll("nav button")) each.setAttribute("aria-pressed", String(each === button));
  });
}

document.getElementById("language").addEventListener("change", (event) => attempt(() => speakLanguage(event.target.value).then(refresh)));

async function live() {
  if (!document.hidden) await attempt(refresh);
  setTimeout(live, every);
}

await attempt(() => speakLanguage(""));
live();
