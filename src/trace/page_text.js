// What the pages share: elements, text that may be hostile, numbers. Text reaches the document as text nodes only.

const PYTHON = new RegExp(
  /(?<string>[rbuftRBUFT]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?))/.source +
  /|(?<remark>#[^\n]*)|(?<number>\b\d[\w.]*)/.source +
  /|(?<word>\b(?:False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)\b)/.source,
  "g");
/** Characters shown of a name, a line and a text; a browser is slow with more. */
const [NAME_LIMIT, LINE_LIMIT, TEXT_LIMIT] = [300, 4000, 40000];
/** Rows shown before the rest waits for a click. */
const ROW_LIMIT = 500;

const $ = (id) => document.getElementById(id);

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

function button(className, text, action) {
  const element = make("button", className, text);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}

/** Characters that would reorder or hide others, by their numbers. */
function visible(text) {
  return text.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const short = (text, limit) => (text.length > limit ? `${text.slice(0, limit)}…` : text);

function clipped(text, limit) {
  if (text.length <= limit) return visible(text);
  return `${visible(text.slice(0, limit))} … and ${count(text.length - limit, "more character")}`;
}

const { format: whole } = new Intl.NumberFormat("en");
const count = (number, noun) => `${whole(number)} ${noun}${number === 1 ? "" : "s"}`;
const percent = (part, all) => (all ? `${((100 * part) / all).toFixed(1)} %` : "–");

/** Three digits and a unit. */
function scaled(number, base, units) {
  let [value, unit] = [number, 0];
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${units[unit]}`;
}

const fuelText = (fuel) => scaled(fuel, 1000, ["", " k", " M", " G", " T"]);
const memoryText = (bytes) => scaled(bytes, 1024, [" B", " KiB", " MiB", " GiB"]);

/** One value, or the two ends of several. */
function range(numbers, text) {
  const known = numbers.filter((number) => typeof number === "number");
  if (!known.length) return undefined;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const shown = text(low) === text(high) ? text(low) : `${text(low)} to ${text(high)}`;
  const element = make("span", "", shown);
  element.title = low === high ? whole(low) : `${whole(low)} to ${whole(high)}`;
  return element;
}

const linesOf = (text) => text.replace(/\n$/, "").split("\n");

/** The source as rows of spans. */
function coloured(source) {
  const lines = source.map(() => document.createDocumentFragment());
  const text = source.join("\n");
  const room = source.map(() => LINE_LIMIT);
  let [row, done] = [0, 0];
  const add = (end, kind) => {
    text.slice(done, end).split("\n").forEach((part, index) => {
      if (index > 0) row += 1;
      if (!part || room[row] <= 0) return;
      const shown = visible(part.slice(0, room[row]));
      room[row] -= part.length;
      lines[row].append(kind ? make("span", kind, shown) : shown);
      if (room[row] <= 0) lines[row].append(make("em", "cut", ` … ${whole(source[row].length)} characters in all`));
    });
    done = end;
  };
  for (const match of text.matchAll(PYTHON)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    add(match.index);
    add(match.index + match[0].length, kind);
  }
  add(text.length);
  return lines;
}

/** A box that scrolls by itself, by keyboard too. */
function scroller(label, className, ...children) {
  const box = make("div", `scroller ${className}`, ...children);
  box.tabIndex = 0;
  box.role = "region";
  box.ariaLabel = label;
  return box;
}

/** Rows go into `parent`, the first of them now and the others when asked for; `row` makes one. */
function inPortions(parent, items, row, more) {
  for (const item of items.slice(0, ROW_LIMIT)) parent.append(row(item));
  if (items.length <= ROW_LIMIT) return;
  const rest = items.length - ROW_LIMIT;
  const last = more(button("more", `Show ${count(rest, "more line")}`, () => {
    last.remove();
    // One by one: a call takes only so many arguments.
    for (const item of items.slice(ROW_LIMIT)) parent.append(row(item));
  }));
  parent.append(last);
}

/** Source with line numbers. */
function listing(text, label) {
  const lines = coloured(linesOf(text));
  const rows = make("ol", "source");
  inPortions(rows, lines, (line) => make("li", "", make("code", "", line)), (element) => make("li", "plain", element));
  return scroller(label, "code", rows);
}
