// Draws a Slack modal as a dialog in the room: one label, one input and one place for an error for each input block.

import { element } from "./dom.js";
import { block as drawBlock } from "./slack.js";

const chosen = (input) => input?.selected_option?.value ?? "";
const several = (input) => (input?.selected_options ?? []).map((each) => each.value);

function control(id, each, input, conversations) {
  const made = each.element;
  const common = { id, name: each.block_id, required: !each.optional };
  switch (made.type) {
    case "plain_text_input":
      return element(made.multiline ? "textarea" : "input", {
        ...common,
        ...(made.multiline ? { rows: 4 } : { type: "text" }),
        maxlength: made.max_length ?? 3000,
        placeholder: made.placeholder?.text,
        autocomplete: "off",
      });
    case "number_input":
      return element("input", { ...common, type: "text", inputmode: "decimal", autocomplete: "off" });
    case "external_select":
      return element("input", { ...common, type: "text", autocomplete: "off" });
    case "multi_static_select":
      return element("select", { ...common, multiple: true, size: Math.min(6, made.options.length) }, options(made.options, several(input)));
    case "conversations_select":
      return element("select", common, each.optional ? option("", "", false) : null, conversations.map((one) => option(one.id, "#" + one.name, one.id === input?.selected_conversation)));
    default:
      return element("select", common, option("", "–", chosen(input) === ""), options(made.options ?? [], [chosen(input)]));
  }
}

function option(value, label, selected) {
  return element("option", { value, selected: selected ? "" : null }, label);
}

const options = (all, selected) => all.map((each) => option(each.value, each.text.text, selected.includes(each.value)));

// Typed text lives in properties, which attributes would only start.
function fill(field, input) {
  if (field.tagName === "SELECT") return;
  field.value = input?.value ?? chosen(input);
}

function values(form) {
  const typed = {};
  for (const field of form.querySelectorAll("[name]")) {
    typed[field.name] = field.multiple ? [...field.selectedOptions].map((each) => each.value).join("\n") : field.value;
  }
  return typed;
}

// One input block: its label, its control, its hint, and what is wrong with it.
function inputBlock(modal, each, conversations, texts) {
  const id = modal.id + "-" + each.block_id;
  const input = modal.inputs[each.block_id];
  const error = modal.errors[each.block_id];
  const field = control(id, each, input, conversations);
  fill(field, input);
  const described = [each.hint ? id + "-hint" : "", error ? id + "-error" : ""].filter(Boolean).join(" ");
  if (described) field.setAttribute("aria-describedby", described);
  if (error) field.setAttribute("aria-invalid", "true");
  return element(
    "div",
    { class: "field" },
    element("label", { for: id }, each.label.text, each.optional ? element("span", { class: "optional" }, " " + texts.optional) : null),
    field,
    each.hint ? element("p", { class: "hint", id: id + "-hint" }, each.hint.text) : null,
    error ? element("p", { class: "error", id: id + "-error", role: "alert" }, error) : null,
  );
}

// `send` takes "submit" or "close" and the values by block.
export function drawModal(modal, conversations, texts, send) {
  const title = modal.id + "-title";
  const general = modal.errors[""];
  const form = element(
    "form",
    { class: "modal-body", novalidate: "" },
    modal.blocks.map((each) => (each.type === "input" ? inputBlock(modal, each, conversations, texts) : drawBlock(each, () => {}))),
    general ? element("p", { class: "error", role: "alert" }, general) : null,
    element(
      "div",
      { class: "actions" },
      element("button", { type: "button", onclick: () => send("close", {}) }, modal.close),
      modal.submit ? element("button", { type: "submit" }, modal.submit) : null,
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    send("submit", values(form)).finally(() => {
      for (const button of form.querySelectorAll("button")) button.disabled = false;
    });
  });
  const dialog = element(
    "section",
    { class: "modal", role: "dialog", "aria-labelledby": title, "data-id": modal.id, "data-number": modal.number, tabindex: "-1" },
    element("h3", { id: title }, modal.title, element("span", { class: "only" }, " " + texts.onScreen.replace("{0}", modal.name))),
    form,
  );
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") send("close", {});
  });
  return dialog;
}
