// Which tasks are shown, in what order, and how the address says so.

/** Samples that pass the visible tests and fail a hidden one: no verdict, but looked for like one. */
const VISIBLE_ONLY = "visible_only";
const COLOCATED = "colocated";

const SORTS = {
  "": () => 0,
  hardest: (one, other) => one.rate - other.rate,
  easiest: (one, other) => other.rate - one.rate,
  fuel: (one, other) => other.fuel - one.fuel,
};

const OUTCOMES = {
  "": () => true,
  all: ({ outcome }) => outcome === ALL_PASS,
  some: ({ outcome }) => outcome === SOME_PASS,
  any: ({ outcome }) => outcome !== NONE_PASS,
  none: ({ outcome }) => outcome === NONE_PASS,
};

/** `gained` where one of a task's samples passes in set `to` and none in set `from`; `lost` the other way round. */
function flipOf({ results }, from, to) {
  const [before, after] = [results[from], results[to]];
  if (!before?.count || !after?.count || Boolean(before.passes) === Boolean(after.passes)) return null;
  return after.passes ? "gained" : "lost";
}

function hasVerdict(result, verdict) {
  if (!verdict) return true;
  if (verdict === VISIBLE_ONLY) return result.isVisibleOnly;
  if (verdict === COLOCATED) return result.isColocated;
  return result.verdicts.has(verdict);
}

/** The tasks that a choice leaves, in its order. A task without samples in the set is found by name only. */
function chosenTasks(report, { q, set, outcome, verdict, sort, flip, from, to }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const isPlain = !outcome && !verdict;
  const found = report.tasks.filter((entry) => {
    const result = entry.results[set];
    if (!words.every((word) => entry.words.includes(word))) return false;
    if (!isPlain && !(result?.count && OUTCOMES[outcome](result) && hasVerdict(result, verdict))) return false;
    const change = flip && flipOf(entry, from, to);
    return !flip || change === flip || (flip === "either" && change);
  });
  if (!sort) return found;
  const missing = { rate: sort === "hardest" ? Infinity : -Infinity, fuel: -1 };
  const of = ({ results }) => (results[set]?.count ? results[set] : missing);
  return found.sort((one, other) => SORTS[sort](of(one), of(other)) || one.rank - other.rank);
}

function summed(entries, set) {
  const results = entries.map(({ results: all }) => all[set]).filter(Boolean);
  const add = (what) => results.reduce((sum, result) => sum + result[what], 0);
  return { tasks: entries.length, samples: add("count"), passes: add("passes") };
}

const nothingChosen = (report) => ({
  q: "", set: 0, outcome: "", verdict: "", sort: "", flip: "", from: 0, to: Math.max(0, report.sets.length - 1),
  task: null, samples: null, two: false, step: 0,
});
const SET_FIELDS = ["set", "from", "to", "samples"];

/** The address without its values that say nothing new. */
function placeOf(choice, report) {
  const nothing = nothingChosen(report);
  return Object.entries(choice).filter(([key, value]) => value !== nothing[key]).map(([key, value]) => {
    const text = SET_FIELDS.includes(key) ? value + 1 : value === true ? 1 : value;
    return `${key}=${encodeURIComponent(String(text).toWellFormed()).replaceAll("%2F", "/")}`;
  }).join("&");
}

/** What an address chooses; what it cannot mean is left out. */
function choiceOf(place, report) {
  const given = new URLSearchParams(place);
  const choice = nothingChosen(report);
  for (const key of SET_FIELDS) {
    const index = Math.trunc(given.get(key)) - 1;
    if (index in report.sets) choice[key] = index;
  }
  for (const [key, table] of [["outcome", OUTCOMES], ["sort", SORTS]]) {
    if (Object.hasOwn(table, given.get(key) ?? "")) choice[key] = given.get(key) ?? "";
  }
  if (["gained", "lost", "either"].includes(given.get("flip")) && report.sets.length > 1) choice.flip = given.get("flip");
  const verdict = given.get("verdict");
  if ([...report.verdictsOf(choice.set), VISIBLE_ONLY, COLOCATED].includes(verdict)) choice.verdict = verdict;
  choice.q = (given.get("q") ?? "").replaceAll("\n", " ");
  if (report.byKey.has(given.get("task"))) choice.task = given.get("task");
  choice.two = given.has("two");
  choice.step = Math.max(0, Math.trunc(given.get("step")) || 0);
  return choice;
}
