// Draws the part of DingTalk's messages that the product uses: text, markdown, link, both forms of actionCard, and cards.

import { element, inline, link } from "./dom.js";

const rules = [
  [/\\([\\*_[\]<>#!`|])/, (m) => m[1]],
  [/`([^`\n]+)`/, (m) => element("code", {}, m[1])],
  [/!?\[([^\]\n]*)\]\(([^)\s]+)\)/, (m) => link(destination(m[2]), m[1])],
  [/\*\*([^*\n]+)\*\*/, (m) => element("b", {}, ...marked(m[1]))],
  [/(?<![\w*])\*([^*\n]+)\*(?![\w*])/, (m) => element("i", {}, ...marked(m[1]))],
  [/(?<![\w/])@[\p{L}\d_-]+/u, (m) => element("span", { class: "mention" }, m[0])],
  [/https?:\/\/[^\s)>\]]+/, (m) => link(m[0], m[0])],
];

const marked = (text) => inline(text, rules);

// Pages may be wrapped in the client's own scheme, which says where to open them.
function destination(address) {
  if (!address.startsWith("dingtalk://dingtalkclient/page/link")) return address;
  return new URL(address).searchParams.get("url") ?? address;
}

function markdown(text) {
  const out = [];
  for (const part of text.split(/\n{2,}/)) {
    let list = null;
    let paragraph = null;
    for (const line of part.split("\n")) {
      const heading = /^#{1,6}\s+(.*)$/.exec(line);
      const item = /^\s*[-*]\s+(.*)$|^\s*\d+\.\s+(.*)$/.exec(line);
      const quote = /^>\s?(.*)$/.exec(line);
      if (heading || quote || item) paragraph = null;
      if (!item) list = null;
      if (heading) out.push(element("h4", {}, ...marked(heading[1])));
      else if (quote) out.push(element("blockquote", {}, ...marked(quote[1])));
      else if (/^-{3,}\s*$/.test(line)) out.push(element("hr"));
      else if (item) {
        if (!list) out.push((list = element("ul")));
        list.append(element("li", {}, ...marked(item[1] ?? item[2])));
      } else if (line.trim() !== "") {
        if (paragraph) paragraph.append(element("br"));
        else out.push((paragraph = element("p")));
        paragraph.append(...marked(line.trim()));
      }
    }
  }
  return out;
}

// A button may open a page, or send a text in the name of whoever pressed it.
function cardButton(title, address, say) {
  const prefix = "dtmd://dingtalkclient/sendMessage";
  if (!address?.startsWith(prefix)) {
    const made = link(destination(address ?? ""), title);
    if (made instanceof Element) made.classList.add("button");
    return made;
  }
  const text = new URLSearchParams(address.slice(prefix.length + 1)).get("content") ?? "";
  return element("button", { type: "button", onclick: () => say(text) }, title);
}

// The template that the enterprise has published: what is asked, who says what, and buttons while it is open.
function card(message, press, texts) {
  const out = [element("h4", {}, message.title), ...markdown(message.text ?? "")];
  if (message.status === "open") {
    const reason = element("input", { type: "text", "aria-label": texts["card.reason"], placeholder: texts["card.reason"], maxlength: 500 });
    const button = (action) => {
      const made = element("button", { type: "button", class: action === "approve" ? "primary" : "danger" }, texts["card." + action]);
      made.addEventListener("click", () => press({ action_id: action, value: reason.value }, made));
      return made;
    };
    out.push(element("div", { class: "actions" }, reason, button("approve"), button("reject")));
  } else if (message.status !== message.title) out.push(element("p", {}, element("b", {}, message.status)));
  if (message.link) out.push(element("p", {}, link(message.link, texts["card.link"])));
  for (const [name, note] of Object.entries(message.notes ?? {})) out.push(element("p", { class: "only" }, name + ": " + note));
  return out;
}

export function dingtalkBody(message, say, press, texts) {
  const body = element("div", { class: "body" });
  const { msgtype } = message;
  if (msgtype === "text") body.append(element("div", { class: "lines" }, ...marked(message.text?.content ?? "")));
  else if (msgtype === "markdown") body.append(...markdown(message.markdown?.text ?? ""));
  else if (msgtype === "link") body.append(element("p", {}, link(message.link?.messageUrl ?? "", message.link?.title ?? "")), element("p", {}, message.link?.text ?? ""));
  else if (msgtype === "actionCard") {
    const card = message.actionCard ?? {};
    body.append(...markdown(card.text ?? ""));
    const buttons = card.btns ?? (card.singleTitle ? [{ title: card.singleTitle, actionURL: card.singleURL }] : []);
    body.append(element("div", { class: "actions" }, buttons.map((each) => cardButton(each.title, each.actionURL, say))));
  } else if (msgtype === "interactiveCard") body.append(...card(message, press, texts));
  else body.append(element("code", {}, JSON.stringify(message)));
  const at = message.at ?? {};
  const mentioned = [...(at.isAtAll ? ["all"] : []), ...(at.atMobiles ?? []), ...(at.atUserIds ?? [])];
  const missing = mentioned.filter((each) => !body.textContent.includes("@" + each));
  if (missing.length) body.append(element("p", {}, missing.flatMap((each) => [element("span", { class: "mention" }, "@" + each), " "])));
  return body;
}
