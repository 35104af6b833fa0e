// The samples of one task: each distinct fix with its rationale, its difference from the program and its tests.

/** A run of tests is `[verdict, how many]`; a test that is told more of is longer. */
const isRun = (test) => test.length === 2;

function testItem(test, first, report) {
  if (isRun(test)) {
    const last = first + test[1] - 1;
    return make("li", "", `${test[1] > 1 ? `tests ${first} to ${last}` : `test ${first}`} `, verdictTag(test[0]));
  }
  const [verdict, input, expected, actual, error] = test;
  const details = make("dl", "values");
  for (const [label, index] of [["input", input], ["expected", expected], ["actual", actual], ["error", error]]) {
    const text = report.text(index);
    if (text !== null) details.append(make("dt", "", label), make("dd", "", make("code", "", clipped(text, TEXT_LIMIT))));
  }
  return make("li", "", `test ${first} `, verdictTag(verdict), details);
}

function testList(tests, report) {
  const list = make("ol", "tests");
  let first = 1;
  for (const test of tests) {
    list.append(testItem(test, first, report));
    first += isRun(test) ? test[1] : 1;
  }
  return list;
}

function rationales(group, report) {
  const counts = new Map();
  for (const { rationale } of group.samples) {
    const text = report.text(rationale);
    if (text !== null && text.trim()) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [first, ...others] = [...counts].sort((one, other) => other[1] - one[1]);
  if (!first) return [];
  const shown = ([text]) => make("p", "prose", clipped(text.trim(), TEXT_LIMIT));
  const out = [make("h4", "", "Rationale"), shown(first)];
  if (others.length) {
    const more = make("details", "", make("summary", "", `${count(others.length, "other rationale")} for the same fix`));
    more.addEventListener("toggle", () => { if (more.children.length === 1) more.append(...others.map(shown)); }, { once: true });
    out.push(more);
  }
  return out;
}

function fixParts(group, statement, report, { two }) {
  const text = report.text(group.sample.fix);
  const program = report.text(statement.program);
  if (text === null) return [make("p", "dim", "The answer has no fix that could be read.")];
  if (program === null) return [make("h4", "", "Program"), listing(text, "Program")];
  const full = make("details", "", make("summary", "", "The whole fix"));
  full.addEventListener("toggle", () => full.append(listing(text, "The whole fix")), { once: true });
  return [make("h4", "", "Fix, against the buggy program"), ...showChanges(program, text, two, "Difference"), full];
}

function groupBody(group, statement, report, layout) {
  const { sample } = group;
  const error = report.text(sample.error);
  const body = make("div", "body");
  if (sample.visible && sample.visible !== sample.v) body.append(make("p", "", "Visible tests alone: ", verdictTag(sample.visible)));
  if (sample.colocated) {
    body.append(make("p", "dim", "Colocated: the tests could only run beside the candidate, which could forge this verdict."));
  }
  body.append(...rationales(group, report));
  body.append(make("div", "fix", ...fixParts(group, statement, report, layout)));
  if (error !== null) {
    const text = make("pre", "", make("code", "", clipped(error, TEXT_LIMIT)));
    body.append(make("h4", "", "Error"), scroller("Error", "code", text));
  }
  if (sample.tests?.length) body.append(make("h4", "", "Tests"), testList(sample.tests, report));
  return body;
}

function groupItem(group, statement, report, layout) {
  const { samples, numbers, sample } = group;
  const what = report.text(sample.fix) === null ? "no fix" : samples.length === 1 ? "1 sample" : `${samples.length} samples gave this fix`;
  const heading = make("summary", "", verdictTag(sample.v), make("span", "size", what));
  const [fuel, memory] = [range(samples.map((one) => one.fuel), fuelText), range(samples.map((one) => one.memory), memoryText)];
  if (fuel) heading.append(make("span", "cost", fuel, " fuel"));
  if (memory) heading.append(make("span", "cost", memory));
  heading.append(make("span", "dim", `#${short(numbers.join(", #"), 40)}`));
  const item = make("details", "group", heading);
  item.addEventListener("toggle", () => {
    if (item.open && item.children.length === 1) item.append(groupBody(group, statement, report, layout));
  });
  // Another way of showing differences leaves everything else as it is.
  item.redraw = () => item.querySelector(":scope > .body > .fix")?.replaceChildren(...fixParts(group, statement, report, layout));
  return item;
}

/** The sets that have samples of this task, to choose from. */
function setChoice(entry, set, report, choose) {
  const buttons = entry.results.map((result, index) => result && button("", "", () => choose(index))).map((element, index) => {
    if (!element) return null;
    const { passes, count: all } = entry.results[index];
    element.append(report.shortNames[index], " ", make("span", "dim", `${passes}/${all}`));
    element.title = report.names[index];
    element.ariaPressed = String(index === set);
    return element;
  });
  const group = make("div", "choice", ...buttons);
  group.role = "group";
  group.ariaLabel = "Set";
  return group;
}

function layoutChoice(layout, setLayout) {
  const group = make("div", "choice", ...[["One column", false], ["Two columns", true]].map(([text, two]) => {
    const element = button("", text, () => setLayout(two));
    element.dataset.two = two ? "1" : "";
    element.ariaPressed = String(two === layout.two);
    return element;
  }));
  group.role = "group";
  group.ariaLabel = "Differences";
  return group;
}

function showSamples(entry, set, report, layout, { choose, setLayout }) {
  const result = entry.results[set];
  const heading = make("h3", "", "Samples");
  heading.id = "samples";
  heading.tabIndex = -1;
  const bar = make("div", "bar", setChoice(entry, set, report, choose));
  const statement = report.statement(entry, set);
  if (report.text(statement.program) !== null) bar.append(layoutChoice(layout, setLayout));
  const section = make("section", "samples", heading, bar);
  const groups = groupsOf(result?.task.samples ?? []);
  const items = groups.map((group) => groupItem(group, statement, report, layout));
  if (items.length) {
    const line = make("p", "tally", `${count(result.count, "sample")}, ${count(groups.length, "distinct answer")}: `);
    tally(result.task.samples).forEach(([verdict, number], index) => {
      line.append(index ? ", " : "", make("span", "one", `${whole(number)} `, verdictTag(verdict)));
    });
    items[0].open = true;
    section.append(line, make("div", "groups", ...items));
  } else section.append(make("p", "dim", `No samples in ${report.names[set]}.`));
  section.redraw = () => {
    for (const item of items) item.redraw();
    for (const element of bar.querySelectorAll("[data-two]")) element.ariaPressed = String(Boolean(element.dataset.two) === layout.two);
  };
  return section;
}
