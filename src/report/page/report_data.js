// The report's data, put in the order in which the page asks for it: tasks by name with what each set's samples gave.

const VERDICTS = ["pass", "wrong_answer", "runtime_error", "out_of_fuel", "out_of_memory", "compile_error", "missing_module"];
const [SOME_PASS, ALL_PASS, NONE_PASS] = ["some", "all", "none"];

const LOOKS = new Map([["pass", ["pass", "✓ "]], ["not_run", ["dim", "– "]]]);

const verdictWords = (verdict) => visible(short(verdict, NAME_LIMIT).replaceAll("_", " "));

/** A verdict, said by a sign and in words; its colour only repeats them. */
function verdictTag(verdict) {
  const [kind, text] = LOOKS.get(verdict) ?? ["fail", "✗ "];
  const sign = make("span", "", text);
  sign.ariaHidden = "true";
  return make("span", `verdict ${kind}`, sign, verdictWords(verdict));
}

/** How often each verdict occurs, the most frequent first. */
function tally(samples) {
  const counts = new Map();
  for (const { v } of samples) counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts].sort((one, other) => (one[0] !== "pass") - (other[0] !== "pass") || other[1] - one[1]);
}

/** The names without the words that all of them begin or end with. */
function shortNames(names) {
  const parts = names.map((name) => name.split(" ").filter(Boolean));
  const common = (at) => {
    let length = 0;
    while (names.length > 1 && parts.every((words) => length < words.length - 1 && at(words, length) === at(parts[0], length))) length += 1;
    return length;
  };
  const head = common((words, index) => words[index]);
  const rest = parts.map((words) => words.slice(head));
  parts.splice(0, parts.length, ...rest);
  const tail = common((words, index) => words.at(-1 - index));
  return parts.map((words, index) => visible(words.slice(0, words.length - tail).join(" ") || names[index]));
}

/** Whether a task's name can stand in an address; a number stands for others. */
const isAddress = (name) => name !== "" && name.length <= 200 && name.isWellFormed() && !name.startsWith("~");

class Report {
  constructor(data) {
    this.strings = data.strings ?? [];
    this.recordings = data.recordings ?? [];
    this.sets = data.sets ?? [];
    this.names = this.sets.map(({ name }) => clipped(name, NAME_LIMIT));
    this.shortNames = shortNames(this.sets.map(({ name }) => short(name, NAME_LIMIT)));
    const byName = new Map();
    this.sets.forEach(({ tasks }, set) => tasks.forEach((task) => this.add(task, set, byName)));
    const { compare } = new Intl.Collator("en", { numeric: true });
    this.tasks = [...byName.values()].sort((one, other) => compare(one.id, other.id));
    this.tasks.forEach((entry, index) => {
      entry.rank = index;
      entry.key = isAddress(entry.id) ? entry.id : `~${index + 1}`;
    });
    this.byKey = new Map(this.tasks.map((entry) => [entry.key, entry]));
  }

  text(index) {
    return index === null || index === undefined ? null : this.strings[index] ?? null;
  }

  add(task, set, byName) {
    let entry = byName.get(task.id);
    if (!entry) {
      const description = this.text(task.description) ?? "";
      entry = {
        id: task.id, name: task.id.trim() ? clipped(task.id, NAME_LIMIT) : "(no name)",
        line: visible(short(description.trim().split("\n", 1)[0], NAME_LIMIT)),
        words: `${task.id}\n${description}`.toLowerCase(), results: this.sets.map(() => null),
      };
      byName.set(task.id, entry);
    }
    const { samples } = task;
    const passes = samples.filter(({ v }) => v === "pass").length;
    entry.results[set] = {
      task, passes, count: samples.length,
      rate: samples.length ? passes / samples.length : -1,
      outcome: !passes ? NONE_PASS : passes === samples.length ? ALL_PASS : SOME_PASS,
      verdicts: new Set(samples.map(({ v }) => v)),
      isVisibleOnly: samples.some(({ v, visible: before }) => v !== "pass" && before === "pass"),
      isColocated: samples.some(({ colocated }) => colocated),
      fuel: samples.reduce((most, { fuel }) => Math.max(most, fuel ?? 0), 0),
    };
  }

  /** Verdicts that occur in a set, in their usual order. */
  verdictsOf(set) {
    const found = new Set(this.tasks.flatMap(({ results }) => [...results[set]?.verdicts ?? []]));
    return [...VERDICTS.filter((verdict) => found.has(verdict)), ...[...found].filter((verdict) => !VERDICTS.includes(verdict))];
  }

  /** What a task asks, as this set says or else the first that has it. */
  statement(entry, set) {
    return (entry.results[set] ?? entry.results.find(Boolean)).task;
  }
}

/** Samples that are the same but for their rationale, the largest group first. */
function groupsOf(samples) {
  const groups = new Map();
  samples.forEach((sample, index) => {
    const key = JSON.stringify([sample.fix, sample.v, sample.visible, sample.colocated, sample.tests, sample.error]);
    const group = groups.get(key) ?? { sample, samples: [], numbers: [] };
    group.samples.push(sample);
    group.numbers.push(index + 1);
    groups.set(key, group);
  });
  return [...groups.values()].sort((one, other) => other.samples.length - one.samples.length);
}
