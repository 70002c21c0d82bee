// Elements from values. Text always becomes a text node, so nothing a message carries can turn into markup.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return made;
}

// Only web addresses become links; any other scheme stays readable text.
export function link(address, label) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return label;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return label;
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, label);
}

// Splits text by rules of the form [regular expression, match → node]; the earliest match wins, first rule on a tie.
export function inline(text, rules) {
  const nodes = [];
  let rest = text;
  while (rest !== "") {
    let best = null;
    for (const [pattern, make] of rules) {
      const match = pattern.exec(rest);
      if (match && (best === null || match.index < best.match.index)) best = { match, make };
    }
    if (best === null) break;
    if (best.match.index > 0) nodes.push(rest.slice(0, best.match.index));
    nodes.push(best.make(best.match));
    rest = rest.slice(best.match.index + best.match[0].length);
  }
  if (rest !== "") nodes.push(rest);
  return nodes;
}
