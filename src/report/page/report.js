// The page: what is chosen stands in the address; everything shown follows from it.

const data = JSON.parse($("data").textContent);
const report = new Report(data);
const TITLE = visible(data.title);
/** Columns of pass counts that fit beside a task's name. */
const COLUMNS = 6;

let choice = null;
let found = [];
let view = null;
let [typing, speaking, leftAt] = [0, 0, 0];

const address = (entry) => `#${placeOf({ ...choice, task: entry?.key ?? null, samples: null, step: 0 }, report)}`;
const list = new TaskList($("list"), address, report.names);

function say(text) {
  clearTimeout(speaking);
  speaking = setTimeout(() => { $("live").textContent = text; }, 300);
}

const option = (value, text) => Object.assign(make("option", "", text), { value });

function fillVerdicts() {
  const tasks = (test) => report.tasks.filter(({ results }) => results[choice.set] && test(results[choice.set])).length;
  const options = report.verdictsOf(choice.set).map((verdict) => [verdict, verdictWords(verdict)]);
  options.push([VISIBLE_ONLY, "passes the visible tests only"], [COLOCATED, "colocated"]);
  const counted = options.map(([value, text]) => [value, text, tasks((result) => hasVerdict(result, value))]);
  $("verdict").replaceChildren(option("", "any"),
    ...counted.filter(([, , number]) => number).map(([value, text, number]) => option(value, `${text} (${whole(number)})`)));
}

function columns() {
  const all = report.sets.map((_, index) => index);
  return all.filter((index) => all.length <= COLUMNS || index < COLUMNS - 1 || index === choice.set).slice(0, COLUMNS);
}

function showColumns() {
  $("columns").replaceChildren(...columns().map((set) => {
    const cell = make("span", set === choice.set ? "count chosen" : "count", report.shortNames[set]);
    cell.title = report.names[set];
    return cell;
  }));
  $("browse").style.setProperty("--columns", columns().length);
  $("browse").classList.toggle("many", columns().length > 2);
}

function showFilters() {
  for (const key of ["outcome", "sort", "flip", "set", "from", "to"]) $(key).value = choice[key];
  fillVerdicts();
  $("verdict").value = choice.verdict;
  if ($("search").value !== choice.q) $("search").value = choice.q;
  $("clear").hidden = !(choice.q || choice.outcome || choice.verdict || choice.flip);
}

function showList() {
  found = chosenTasks(report, choice);
  const { tasks, samples, passes } = summed(found, choice.set);
  const all = report.tasks.length;
  const which = tasks === all ? count(all, "task") : `${whole(tasks)} of ${count(all, "task")}`;
  const passing = `${whole(passes)} of ${count(samples, "sample")} pass (${percent(passes, samples)})`;
  const text = tasks ? `${which}; ${passing}` : "No task is like this.";
  $("shown").textContent = text;
  list.show(found, columns(), choice);
  return text;
}

function shownTask() {
  const entry = report.byKey.get(choice.task);
  const index = found.indexOf(entry);
  const at = (other) => found[other] ?? null;
  const after = index < 0 ? found.findIndex(({ rank }) => rank > entry.rank) : index + 1;
  return { entry, place: { index, length: found.length, previous: at(index < 0 ? after - 1 : index - 1), next: at(after) } };
}

function openTask(byHand) {
  const { entry, place } = shownTask();
  view?.trace?.stop();
  view = showTask(entry, choice.samples ?? choice.set, report, choice, place, {
    address,
    choose: (set) => change({ samples: set === choice.set ? null : set }),
    setLayout: (two) => change({ two }),
    stepped: (step, text) => { $("live").textContent = text; replaceStep(step); },
  });
  document.title = `${entry.name} – ${TITLE}`;
  $("task").hidden = false;
  document.body.classList.add("open");
  view.trace?.show(choice.step || 1);
  if (!byHand) return;
  scrollTo(0, 0);
  $("task").scrollTop = 0;
  $("task-heading").focus({ preventScroll: true });
}

function closeTask() {
  view?.trace?.stop();
  view = null;
  $("task").hidden = true;
  $("task").replaceChildren();
  document.title = TITLE;
  document.body.classList.remove("open");
}

function replaceStep(step) {
  choice.step = step > 1 ? step : 0;
  const place = `#${placeOf(choice, report)}`;
  if (location.hash !== place) history.replaceState(null, "", place);
}

/** Shows what is chosen now, touching only what another choice had otherwise. */
function follow(next, byHand = true) {
  const before = choice;
  choice = next;
  const differs = (...keys) => !before || keys.some((key) => before[key] !== next[key]);
  const isListed = !differs("q", "set", "outcome", "verdict", "sort", "flip", "from", "to");
  if (differs("set")) showColumns();
  if (!isListed) {
    showFilters();
    const text = showList();
    if (before) say(text);
  }
  const wasOpen = Boolean(before?.task);
  if (!wasOpen && before) leftAt = scrollY;
  if (choice.task && differs("task", "set")) openTask(byHand && differs("task"));
  else if (choice.task) {
    if (!isListed) view.showPlace(shownTask().place);
    if (differs("samples")) view.choose(choice.samples ?? choice.set);
    if (differs("two")) {
      view.redraw(choice.two);
      for (const link of document.querySelectorAll("a[data-task]")) link.href = address(report.byKey.get(link.dataset.task));
    }
    if (differs("step") && view.trace && view.trace.player.count !== Math.max(1, choice.step)) view.trace.go(choice.step || 1);
  } else if (wasOpen) {
    closeTask();
    scrollTo(0, leftAt);
  }
  if (differs("task")) {
    list.mark(choice);
    if (!choice.task && wasOpen && byHand) list.focus();
  }
}

/** A choice made here replaces the address; a task that is opened is a page of its own. */
function change(news) {
  const next = { ...choice, ...news };
  history.replaceState(null, "", `#${placeOf(next, report)}`);
  follow(next);
}

/** Goes to a task, or to the list, as a link does but at once. */
function visit(entry) {
  history.pushState(null, "", address(entry));
  follow(choiceOf(location.hash.slice(1), report));
}

function openBeside(step) {
  const { place } = choice.task ? shownTask() : { place: { next: found[0], previous: null } };
  const entry = step > 0 ? place.next : place.previous;
  if (entry) visit(entry);
}

const KEYS = {
  "/": () => { $("browse").scrollIntoView(); $("search").focus(); $("search").select(); },
  j: () => openBeside(1),
  k: () => openBeside(-1),
  t: () => focusOn(view?.trace?.code),
  s: () => focusOn(view && $("samples")),
  d: () => { if (view) change({ two: !choice.two }); },
  "?": () => $("help").showModal(),
};

function focusOn(element) {
  element?.scrollIntoView({ block: "start" });
  element?.focus({ preventScroll: true });
}

function listen() {
  addEventListener("hashchange", () => follow(choiceOf(location.hash.slice(1), report)));
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || $("help").open) return;
    if (event.key === "Escape") {
      if (event.target === $("search") && $("search").value) return;
      if (choice.task) visit(null);
    } else if (Object.hasOwn(KEYS, event.key) && $("single").checked && !event.target.closest("input[type=search], select")) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });
  $("help-open").addEventListener("click", () => $("help").showModal());
  $("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    change({ q: $("search").value });
    list.focus(0);
  });
  $("search").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => change({ q: $("search").value }), 60);
  });
  for (const key of ["outcome", "verdict", "sort", "flip"]) $(key).addEventListener("change", () => change({ [key]: $(key).value }));
  for (const key of ["from", "to"]) $(key).addEventListener("change", () => change({ [key]: Number($(key).value) }));
  $("set").addEventListener("change", () => {
    const set = Number($("set").value);
    const isKept = report.verdictsOf(set).includes(choice.verdict) || [VISIBLE_ONLY, COLOCATED].includes(choice.verdict);
    change({ set, samples: null, verdict: isKept ? choice.verdict : "" });
  });
  $("clear").addEventListener("click", () => {
    change({ q: "", outcome: "", verdict: "", flip: "" });
    $("search").focus();
  });
}

function start() {
  const headings = showSummary(data);
  $("home").firstChild.addEventListener("click", (event) => {
    event.preventDefault();
    if (choice.task) visit(null);
    scrollTo(0, leftAt = 0);
  });
  $("help-open").hidden = $("browse").hidden = !report.tasks.length;
  if (report.tasks.length) headings.push($("browse-heading"));
  showContents(headings);
  for (const [id, names] of [["set", report.names], ["from", report.shortNames], ["to", report.shortNames]]) {
    $(id).append(...names.map((name, index) => option(index, name)));
  }
  $("flips").hidden = report.sets.length < 2;
  $("set").closest("label").hidden = report.sets.length < 2;
  listen();
  follow(choiceOf(location.hash.slice(1), report), false);
}

start();
window.tracewrightReport = { report, chosenTasks, nothingChosen, differences, choice: () => choice, follow, found: () => found };
