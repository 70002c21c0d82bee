// Draws the part of Slack's messages that the product uses: mrkdwn, and the blocks section, header, context, divider, actions.

import { element, inline, link } from "./dom.js";

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const rules = [
  [/```([^`]+)```/, (m) => element("pre", {}, plain(m[1].replace(/^\n/, "")))],
  [/`([^`\n]+)`/, (m) => element("code", {}, plain(m[1]))],
  [/<(https?:[^|>]+)\|([^>]+)>/, (m) => link(plain(m[1]), plain(m[2]))],
  [/<(https?:[^|>]+)>/, (m) => link(plain(m[1]), plain(m[1]))],
  [/<[@#!]([^|>]+)\|([^>]+)>/, (m) => element("span", { class: "mention" }, "@" + plain(m[2]))],
  [/<[@#!]([^|>]+)>/, (m) => element("span", { class: "mention" }, "@" + plain(m[1]))],
  [/(?<![\w*])\*([^*\n]+)\*(?![\w*])/, (m) => element("b", {}, ...marked(m[1]))],
  [/(?<!\w)_([^_\n]+)_(?!\w)/, (m) => element("i", {}, ...marked(m[1]))],
  [/(?<!\w)~([^~\n]+)~(?!\w)/, (m) => element("s", {}, ...marked(m[1]))],
];

function marked(text) {
  return inline(text, rules).map((node) => (typeof node === "string" ? plain(node) : node));
}

function words(object) {
  if (!object) return [];
  return object.type === "plain_text" ? [object.text] : marked(object.text ?? "");
}

function actionButton(action, press) {
  const button = element("button", { type: "button", class: action.style ?? "" }, ...words(action.text));
  const question = action.confirm?.text?.text;
  button.addEventListener("click", () => {
    if (!question || window.confirm(plain(question))) press(action, button);
  });
  return action.url ? element("span", {}, button, " ", link(action.url, "↗")) : button;
}

export function block(block, press) {
  switch (block.type) {
    case "header":
      return element("h4", {}, ...words(block.text));
    case "section":
      return element(
        "div",
        {},
        block.text ? element("div", { class: "lines" }, ...words(block.text)) : null,
        block.fields ? element("div", { class: "fields" }, block.fields.map((field) => element("div", { class: "lines" }, ...words(field)))) : null,
        block.accessory?.type === "button" ? element("div", { class: "actions" }, actionButton(block.accessory, press)) : null,
      );
    case "context":
      return element("div", { class: "context" }, block.elements.map((each) => element("span", {}, ...words(each))));
    case "divider":
      return element("hr");
    case "actions":
      return element("div", { class: "actions" }, block.elements.filter((each) => each.type === "button").map((each) => actionButton(each, press)));
    case "markdown":
      return element("div", { class: "lines" }, block.text ?? "");
    default:
      return null;
  }
}

// Like Slack, blocks win over text; text is then only for notifications.
export function slackBody(message, press) {
  const body = element("div", { class: "body" });
  if (message.blocks?.length) body.append(...message.blocks.map((each) => block(each, press)).filter(Boolean));
  else body.append(element("div", { class: "lines" }, ...marked(message.text ?? "")));
  return body;
}
