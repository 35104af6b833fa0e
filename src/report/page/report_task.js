// One task: what it asks, its buggy program with what it did, and its samples.

function programSection(statement, report, stepped) {
  const program = report.text(statement.program);
  const recording = report.recordings[statement.recording ?? -1];
  if (program === null && !recording) return null;
  const heading = make("h3", "", recording ? "Buggy program, and what it did" : "Buggy program");
  heading.id = "program";
  const section = make("section", "", heading);
  if (recording) {
    section.trace = new TraceView(recording, stepped);
    section.append(make("p", "dim hint", "Arrow keys step once the trace has the focus."), section.trace.element);
  } else {
    if (statement.no_recording) section.append(make("p", "dim", `No trace: ${clipped(statement.no_recording, TEXT_LIMIT)}`));
    section.append(listing(program, "Buggy program"));
  }
  return section;
}

function referenceDetails(statement, report, layout) {
  const reference = report.text(statement.reference);
  if (reference === null) return null;
  const program = report.text(statement.program);
  const details = make("details", "reference", make("summary", "", program === null ? "Reference program" : "Reference fix"));
  const body = () => (program === null ? [listing(reference, "Reference")] : showChanges(program, reference, layout.two, "Reference fix"));
  details.addEventListener("toggle", () => details.append(make("div", "body", ...body())), { once: true });
  details.redraw = () => details.querySelector(".body")?.replaceChildren(...body());
  return details;
}

/** What a task asks; some data sets ask it in code. */
function descriptionPart(text) {
  if (!text?.trim()) return null;
  const isCode = /^(?:def \w+\(|class \w+[:(]|from [\w.]+ import )/m.test(text);
  if (isCode) return make("section", "", make("h3", "", "Description"), listing(text.trim(), "Description"));
  return make("p", "prose", clipped(text.trim(), TEXT_LIMIT));
}

function testsSection(statement, report) {
  const tests = (statement.tests ?? []).map((index) => report.text(index)).filter((text) => text !== null);
  if (!tests.length) return null;
  const items = tests.map((text) => {
    const code = make("code");
    coloured(linesOf(text)).forEach((line, index) => code.append(index ? "\n" : "", line));
    return make("li", "", code);
  });
  return make("section", "", make("h3", "", "Visible tests"), scroller("Visible tests", "code", make("ol", "given", ...items)));
}

/** The bar that stays in view: the name, the place in the list, the neighbours. */
function taskBar(entry, place, address) {
  const link = (neighbour, text, key) => {
    const element = make("a", "step", text);
    if (neighbour) element.href = address(neighbour);
    else element.ariaDisabled = "true";
    if (neighbour) element.dataset.task = neighbour.key;
    element.title = neighbour ? `${neighbour.name} (${key})` : "";
    return element;
  };
  const heading = make("h2", "", entry.name);
  heading.id = "task-heading";
  heading.tabIndex = -1;
  const back = make("a", "back", "List");
  back.href = address(null);
  back.dataset.task = "";
  back.title = "Back to the list (Esc)";
  const where = make("span", "dim where", place.index < 0 ? "not in the list" : `${whole(place.index + 1)} of ${whole(place.length)}`);
  const beside = make("nav", "", link(place.previous, "Previous", "k"), link(place.next, "Next", "j"));
  beside.ariaLabel = "Tasks beside this one";
  return make("div", "taskbar", back, heading, where, beside);
}

/** Fills the task's place. What it gives back changes a part of it and leaves the rest as the reader has it. */
function showTask(entry, set, report, choice, place, actions) {
  const layout = { two: choice.two };
  const statement = report.statement(entry, set);
  const description = report.text(statement.description);
  const program = programSection(statement, report, actions.stepped);
  const reference = referenceDetails(statement, report, layout);
  let bar = taskBar(entry, place, actions.address);
  let samples = showSamples(entry, set, report, layout, actions);
  $("task").replaceChildren(...[
    bar, descriptionPart(description),
    testsSection(statement, report), program, reference, samples,
  ].filter(Boolean));
  return {
    trace: program?.trace,
    redraw(two) {
      layout.two = two;
      samples.redraw();
      reference?.redraw();
    },
    choose(other) {
      const fresh = showSamples(entry, other, report, layout, actions);
      samples.replaceWith(fresh);
      samples = fresh;
    },
    showPlace(now) {
      const fresh = taskBar(entry, now, actions.address);
      bar.replaceWith(fresh);
      bar = fresh;
    },
  };
}
