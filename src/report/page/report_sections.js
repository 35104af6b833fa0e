// What stands before the tasks: what ran, and the sections of text, tables and plots.

const NUMERIC = /^[\s\d.,%+−–\-±[\]()×/eE]*$/;

/**
 * Our own drawings, made by the program that wrote the report, are the only markup that is parsed here; the page's policy lets no
 * other name do it.
 */
const trusted = globalThis.trustedTypes?.createPolicy("plots", { createHTML: (svg) => svg }) ?? { createHTML: (svg) => svg };

function plot({ caption, alt, svg }) {
  const drawing = new DOMParser().parseFromString(trusted.createHTML(svg), "image/svg+xml").documentElement;
  const shown = drawing.localName === "svg" ? document.importNode(drawing, true) : make("p", "", visible(alt));
  shown.setAttribute("role", "img");
  shown.setAttribute("aria-label", visible(alt));
  return make("figure", "", scroller(visible(caption), "plot", shown), make("figcaption", "", visible(caption)));
}

function table({ caption, columns, rows, notes }) {
  const isNumeric = columns.map((_, index) => index > 0 && rows.every((cells) => NUMERIC.test(cells[index] ?? "")));
  const head = make("tr", "", ...columns.map((text, index) => {
    const cell = make("th", isNumeric[index] ? "numeric" : "", visible(text));
    cell.scope = "col";
    return cell;
  }));
  const body = rows.map((cells) => make("tr", "", ...cells.map((text, index) => {
    const cell = make(index ? "td" : "th", isNumeric[index] ? "numeric" : "", visible(text));
    if (!index) cell.scope = "row";
    return cell;
  })));
  const shown = make("table", "results", make("thead", "", head), make("tbody", "", ...body));
  shown.ariaLabel = visible(caption);
  const below = (notes ?? []).map((note) => make("p", "note", visible(note)));
  return make("figure", "", make("figcaption", "", visible(caption)), scroller(visible(caption), "", shown), ...below);
}

function showSummary({ title, about, sections }) {
  document.title = $("title").textContent = visible(title);
  const pair = ([label, value]) => make("div", "", make("dt", "", visible(label)), make("dd", "", visible(value)));
  $("about").append(...(about ?? []).map(pair));
  const headings = [];
  for (const { heading, paragraphs, tables, plots } of sections ?? []) {
    const shown = make("h2", "", visible(heading));
    shown.tabIndex = -1;
    headings.push(shown);
    $("sections").append(make("section", "", shown, ...(paragraphs ?? []).map((text) => make("p", "", visible(text))),
      ...(tables ?? []).map(table), make("div", "plots", ...(plots ?? []).map(plot))));
  }
  return headings;
}

/** Links to the headings. The address is taken by what is chosen, so that they are buttons. */
function showContents(headings) {
  $("contents").hidden = headings.length < 2;
  $("contents").firstChild.replaceChildren(...headings.map((heading) => make("li", "", button("link", heading.textContent, () => {
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  }))));
}
