"""Checks the report's page in headless Chromium: `check.py FOLDER [NAME|PAGE.html ...]`.

Pages and pictures go to FOLDER. Without names all checks run but those that measure or make pictures; a page is opened and looked through."""

import itertools
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

import assemble
import fixture
from browser import Browser

MADE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "made")
PHONE = {"width": 360, "height": 740, "mobile": True}
DATA = {}


def page(kind):
    path = MADE / f"{kind}.html"
    if kind not in DATA:
        MADE.mkdir(exist_ok=True)
        DATA[kind] = fixture.KINDS[kind]()
        path.write_text(assemble.assemble(json.dumps(DATA[kind])))
    return path


def same(found, wanted, what):
    assert found == wanted, f"{what}: {found!r} instead of {wanted!r}"


def fragment(**parts):
    return "#" + "&".join(f"{key}={urllib.parse.quote(str(value))}" for key, value in parts.items())


# What the page should find, computed apart from it.

def results(data, index):
    return {task["id"]: task["samples"] for task in data["sets"][index]["tasks"]}


def wanted(data, set=0, q="", outcome="", verdict="", flip="", start=0, end=1):
    strings, out = data["strings"], []
    here = results(data, set)
    solved = [{name: any(one["v"] == "pass" for one in samples) for name, samples in results(data, each).items()} for each in (start, end)]
    descriptions = {task["id"]: strings[task["description"]] for each in data["sets"] for task in each["tasks"]}
    for name, description in descriptions.items():
        samples = here.get(name, [])
        passes = sum(one["v"] == "pass" for one in samples)
        text = f"{name}\n{description}".lower()
        if not all(word in text for word in q.lower().split()):
            continue
        if outcome and not {"all": 0 < passes == len(samples), "some": 0 < passes < len(samples), "any": passes > 0, "none": samples and passes == 0}[outcome]:
            continue
        if verdict == "visible_only":
            if not any(one["v"] != "pass" and one.get("visible") == "pass" for one in samples):
                continue
        elif verdict == "colocated":
            if not any(one.get("colocated") for one in samples):
                continue
        elif verdict and not any(one["v"] == verdict for one in samples):
            continue
        change = {(False, True): "gained", (True, False): "lost"}.get((solved[0].get(name), solved[1].get(name)))
        if flip and not (change == flip or (flip == "either" and change)):
            continue
        out.append(name)
    return sorted(out, key=lambda name: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)])


def filters(browser):
    for kind in ("small", "large"):
        browser.open(page(kind))
        data = DATA[kind]
        queries = ["", "dev/1", "TEST longest 7"]
        verdicts = ["", "pass", "out_of_fuel", "visible_only", "colocated"]
        for set, q, outcome, verdict, flip in itertools.product([0, 1], queries, ["", "all", "some", "any", "none"], verdicts, ["", "gained", "lost", "either"]):
            choice = {"set": set, "q": q, "outcome": outcome, "verdict": verdict, "flip": flip}
            found = browser.run(f"(() => {{ const t = tracewrightReport; return t.chosenTasks(t.report, {{...t.nothingChosen(t.report), ...{json.dumps(choice)}}}).map(({{id}}) => id); }})()")
            same(found, wanted(data, **choice), (kind, choice))
    # By the controls themselves, and what they say.
    data, shown = DATA["small"], "document.getElementById('shown').textContent"
    browser.open(page("small"))
    select = lambda name, value: browser.run(f"(() => {{ const e = document.getElementById('{name}'); e.value = '{value}'; e.dispatchEvent(new Event('change')); }})()")
    select("outcome", "none")
    select("set", 1)
    select("flip", "lost")
    names = wanted(data, set=1, outcome="none", flip="lost")
    samples = sum(len(results(data, 1)[name]) for name in names)
    assert 3 <= len(names) < 30
    same(browser.run(shown), f"{len(names)} of 40 tasks; 0 of {samples} samples pass (0.0 %)", "counts")
    same(browser.run("[...document.querySelectorAll('#list .id')].map((e) => e.firstChild.data)"), names, "rows")
    same(browser.run("location.hash"), "#set=2&outcome=none&flip=lost", "address")
    browser.settle()
    browser.run("new Promise((done) => setTimeout(done, 300))")
    same(browser.run("document.getElementById('live').textContent"), browser.run(shown), "announcement")
    browser.run("document.getElementById('clear').click()")
    assert browser.run(shown).startswith("40 tasks; "), browser.run(shown)
    for sort, key in (("hardest", lambda one: (sum(s["v"] == "pass" for s in one) / len(one))), ("fuel", lambda one: -max(s["fuel"] for s in one))):
        select("sort", sort)
        names = sorted(wanted(data, set=1), key=lambda name: key(results(data, 1)[name]))
        same(browser.run("tracewrightReport.found().map(({id}) => id)"), names, sort)


def groups(browser):
    page("large")
    for index, name in ((0, "synth/2/dev/1"), (1, "synth/2/test/8"), (1, "synth/2/dev/21")):
        browser.open(page("large"), fragment(task=name, samples=index + 1))
        counts = {}
        for one in results(DATA["large"], index)[name]:
            key = json.dumps([one["fix"], one["v"], one["visible"], one.get("colocated"), one["tests"], one["error"]])
            counts[key] = counts.get(key, 0) + 1
        texts = browser.run("[...document.querySelectorAll('.group .size')].map((e) => e.textContent)")
        same([1 if text in ("1 sample", "no fix") else int(text.split()[0]) for text in texts if text != "no fix"],
             sorted((number for key, number in counts.items() if json.loads(key)[0] is not None), reverse=True), name)
        same(len(texts), len(counts), name)


def differences(browser):
    """Random sequences: what is said to be the same is, in order, and no more could be."""
    browser.open(page("empty"))
    same(browser.run("""(() => {
      let seed = 1;
      const random = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
      for (let round = 0; round < 3000; round += 1) {
        const make = () => Array.from({ length: random(14) }, () => "abcd"[random(2 + random(3))]);
        const [a, b] = [make(), make()];
        const blocks = tracewrightReport.differences(a, b);
        let [i, j, common] = [0, 0, 0];
        for (const [x, xEnd, y, yEnd] of [...blocks, [a.length, a.length, b.length, b.length]]) {
          if (x - i !== y - j || x > xEnd || y > yEnd) return `unequal stretches of ${a} and ${b}`;
          for (; i < x; i += 1, j += 1, common += 1) if (a[i] !== b[j]) return `not the same in ${a} and ${b}`;
          [i, j] = [xEnd, yEnd];
        }
        const best = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
        for (let p = a.length - 1; p >= 0; p -= 1) for (let q = b.length - 1; q >= 0; q -= 1) {
          best[p][q] = a[p] === b[q] ? best[p + 1][q + 1] + 1 : Math.max(best[p + 1][q], best[p][q + 1]);
        }
        if (common !== best[0][0]) return `${common} of ${best[0][0]} in ${a} and ${b}`;
      }
      return "";
    })()"""), "", "differences")
    # The two columns hold the two programs, whole once everything is unfolded.
    browser.open(page("long"), fragment(task="long/1", two=1))
    browser.run("document.querySelectorAll('.group').forEach((e) => { e.open = true; })")
    browser.settle()
    for _ in range(3):
        browser.run("document.querySelectorAll('.diff .more').forEach((e) => e.click())")
    texts = browser.run("""[...document.querySelectorAll('.group .diff')].map((table) => [2, 5].map((column) =>
      [...table.rows].filter((row) => row.cells[column - 2].textContent).map((row) => row.cells[column].textContent).join('\\n') + '\\n'))""")
    data = DATA["long"]
    task = data["sets"][0]["tasks"][0]
    program = data["strings"][task["program"]]
    same(len(texts), 4, "groups")
    for (before, after), sample in zip(texts, task["samples"]):
        assert before == program and after == data["strings"][sample["fix"]], "columns"


def hostile(browser):
    browser.open(page("hostile"))
    keys = browser.run("tracewrightReport.report.tasks.map(({key}) => key)")
    same(len(keys), len(fixture.HOSTILE), "tasks")
    text = browser.run("document.body.textContent")
    for string in fixture.HOSTILE[:3]:
        assert string in text, string
    assert "right \\u202eot tfel\\u202c and \\u200bzero\\ufeffwidth" in text and "nul \\u0000 bell" in text
    script = ("({owned: window.owned ?? null, scripts: document.scripts.length, odd: document.querySelectorAll('img, iframe, object, embed, base, [onerror], [style*=url]').length,"
              " wide: document.documentElement.scrollWidth - innerWidth})")
    for width, key in itertools.product((1280, 360), keys):
        browser.open(page("hostile"), fragment(task=key, step=3), width=width, height=740, mobile=width < 500)
        browser.run("document.querySelectorAll('#task details').forEach((e) => { e.open = true; })")
        browser.settle()
        same(browser.run(script), {"owned": None, "scripts": 2, "odd": 0, "wide": 0}, key[:60])
        same(browser.run("document.getElementById('task-heading') !== null"), True, key[:60])
    browser.open(page("hostile"), "#set=9&samples=-1&task=none&sort=__proto__&outcome=constructor&verdict=valueOf&flip=x&step=-5&q=%E0%A4%A")
    same(browser.run("JSON.stringify({...tracewrightReport.choice(), q: ''}) === JSON.stringify(tracewrightReport.nothingChosen(tracewrightReport.report))"), True, "address")


def keys(browser):
    browser.open(page("small"))
    focus = lambda: browser.run("document.activeElement.id || document.activeElement.className || document.activeElement.tagName")
    where = lambda: browser.run("location.hash")
    browser.press("/", "t", "e", "s", "t", "/", "1")
    same(focus(), "search", "focus")
    browser.press("Enter")
    same(where(), "#q=test/1", "address")
    same(browser.run("document.activeElement.closest('li').dataset.index"), "0", "first row")
    browser.press("ArrowDown", "ArrowDown", "End", "Home", "ArrowDown", "Enter")
    same(where(), "#q=test/1&task=synth/2/test/12", "address")
    same(focus(), "task-heading", "focus")
    browser.press("j", "j", "k")
    same(where(), "#q=test/1&task=synth/2/test/14", "address")
    browser.press("t", "ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowLeft", "Home", "ArrowRight", "ArrowDown")
    browser.run("new Promise((done) => setTimeout(done, 300))")
    step = browser.run("document.querySelector('p.step').textContent")
    assert re.match(r"Step \d+ of 1\d$", step), step
    same(where().split("step=")[1], step.split()[1], "step")
    assert browser.run("document.getElementById('live').textContent").startswith(step)
    browser.press("s")
    same(focus(), "samples", "focus")
    browser.press("d")
    same(browser.run("document.querySelectorAll('.diff.two').length > 0"), True, "two columns")
    assert "two=1" in browser.run("document.querySelector('#list a').hash")
    browser.press("?")
    same(browser.run("document.getElementById('help').open"), True, "help")
    browser.press("j", "Escape")
    same(browser.run("document.getElementById('help').open"), False, "help")
    assert "test/14" in where()
    browser.run("history.back()")
    browser.settle()
    same(where(), "#q=test/1&task=synth/2/test/16", "back")
    same(browser.run("document.getElementById('task-heading').textContent"), "synth/2/test/16", "back")
    browser.press("Escape")
    same(browser.run("[document.body.className, document.querySelector('#task').hidden, document.activeElement.closest('li')?.dataset.index]"), ["", True, "3"], "list")
    browser.run("history.back()")
    browser.settle()
    same(browser.run("document.getElementById('task-heading').textContent"), "synth/2/test/16", "back")
    # Every stop of Tab is seen, and none is a trap.
    browser.open(page("small"), fragment(task="synth/2/dev/3"))
    seen = []
    for _ in range(60):
        browser("Input.dispatchKeyEvent", type="rawKeyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
        browser("Input.dispatchKeyEvent", type="keyUp", key="Tab", code="Tab", windowsVirtualKeyCode=9)
        stop = browser.run("""(() => { const e = document.activeElement; if (e === document.body) return null;
          const s = getComputedStyle(e); const box = e.getBoundingClientRect();
          return [e.id || e.className || e.tagName, s.outlineStyle, box.width > 0 && box.bottom > 0 && box.top < innerHeight]; })()""")
        if stop is None:
            break
        seen.append(stop)
    assert len(seen) > 20 and all(style == "solid" and inside for _, style, inside in seen), seen
    assert browser.run("document.activeElement === document.body"), seen


def phone(browser):
    for kind, task in (("small", "synth/2/dev/3"), ("large", "synth/2/test/0"), ("plain", "HumanEval/7"), ("long", "long/1")):
        for place in ("", fragment(task=task), fragment(task=task, two=1)):
            browser.open(page(kind), place, **PHONE)
            browser.run("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
            browser.settle()
            same(browser.run("document.documentElement.scrollWidth"), 360, (kind, place))
    browser.open(page("small"), **PHONE)
    seen = "[['summary', 'browse', 'task'].map((id) => document.getElementById(id).checkVisibility()), scrollY]"
    browser.run("scrollTo(0, 1500)")
    browser.run("document.querySelectorAll('#list a')[4].click()")
    browser.settle()
    same(browser.run(seen), [[False, False, True], 0], "task")
    browser.run("document.querySelector('.back').click()")
    browser.settle()
    same(browser.run(seen), [[True, True, False], 1500], "list")


CONTRAST = """(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parse = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const bad = new Map();
  let checked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("svg, .unseen, :disabled")) continue;
    let at = element;
    while (at && parse(getComputedStyle(at).backgroundColor)[3] === 0) at = at.parentElement;
    const [front, back] = [parse(getComputedStyle(element).color), at ? parse(getComputedStyle(at).backgroundColor) : [255, 255, 255]].map(light);
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    checked += 1;
    if (ratio < 4.5) bad.set(`${element.tagName}.${element.className} in ${element.parentElement.className}: ${ratio.toFixed(2)}`, 1);
  }
  return [checked, [...bad.keys()]];
})()"""


def contrast(browser):
    for scheme, place in itertools.product(("light", "dark"), ("", fragment(task="synth/2/dev/3", step=8), fragment(task="synth/2/test/0", samples=2, step=99, two=1))):
        browser.open(page("small"), place, scheme=scheme)
        browser.run("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        browser.settle()
        checked, bad = browser.run(CONTRAST)
        assert checked > 60, checked
        same(bad, [], (scheme, place))


def busy(browser):
    """Seconds that the page's own thread computed, whatever else the machine does."""
    return {each["name"]: each["value"] for each in browser("Performance.getMetrics")["metrics"]}["ThreadTime"]


def speed(browser):
    """Milliseconds of the script with style and layout: computing, on average, and by the clock, median and worst."""
    browser("Performance.enable", timeDomain="threadTicks")

    def timed(choices):
        start = busy(browser)
        clock = browser.run(f"{measure}({json.dumps(choices)})")
        return [round(1000 * (busy(browser) - start) / len(choices)), *clock]

    measure = """(async (choices) => {
      const t = tracewrightReport, times = [];
      for (const news of choices) {
        const start = performance.now();
        t.follow({ ...t.choice(), ...news });
        document.body.offsetHeight;
        await new Promise((done) => setTimeout(done, 0));
        document.body.offsetHeight;
        times.push(performance.now() - start);
      }
      times.sort((one, other) => one - other);
      return [times[times.length >> 1], times.at(-1)].map((time) => Math.round(time));
    })"""
    browser.open(page("large"))
    loaded = browser.run("Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)")
    counts = [sum(len(task["samples"]) for each in DATA["large"]["sets"] for task in each["tasks"]), len(DATA["large"]["sets"][0]["tasks"])]
    print(f"  {counts[0]} samples, {counts[1]} tasks, {page('large').stat().st_size >> 10} KiB: loaded after {loaded} ms")
    choices = [{"q": q, "outcome": outcome, "verdict": verdict, "sort": sort} for q in ("", "dev", "run 7") for outcome in ("", "some") for verdict in ("", "out_of_fuel") for sort in ("", "fuel")]
    filtering = timed(choices)
    browser.run("tracewrightReport.follow(tracewrightReport.nothingChosen(tracewrightReport.report))")
    tasks = [{"task": f"synth/2/{'dev' if index % 2 else 'test'}/{index}"} for index in range(0, 500, 13)]
    opening = timed(tasks)
    browser.open(page("long"))
    long = timed([{"task": "long/1"}])
    groups = browser.run("""(async () => { const times = []; for (const group of [...document.querySelectorAll(".group")].slice(1)) {
      const start = performance.now(); group.open = true; await new Promise((done) => group.addEventListener("toggle", done, { once: true })); document.body.offsetHeight;
      times.push(Math.round(performance.now() - start)); } return times; })()""")
    print(f"  filtering {filtering} ms, opening a task {opening} ms (computing, median, worst)")
    print(f"  a task of a 2,000-line program and 16,000 steps {long} ms; its differences half changed, shuffled, all unlike: {groups} ms")


def printing(browser):
    browser.open(page("small"))
    browser.print(MADE / "overview.pdf")
    browser.open(page("small"), fragment(task="synth/2/dev/3"))
    browser.print(MADE / "task.pdf")
    same(browser.run("document.querySelectorAll('#list li').length < 40"), True, "rows after printing")


def without_script(browser):
    browser("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.load(f"file://{page('small')}")
        browser.picture(MADE / "no-script.png")
    finally:
        browser("Emulation.setScriptExecutionDisabled", value=False)
    # As the product's own tests open a page.
    output = subprocess.run(["nice", "-n", "19", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom",
                             f"file://{page('small')}#task=synth/2/dev/3"], capture_output=True, text=True, timeout=120)
    assert "CONSOLE" not in output.stderr, output.stderr
    assert 'id="task-heading"' in output.stdout and "synth/2/dev/3" in output.stdout


def pictures(browser):
    for scheme, (name, size) in itertools.product(("light", "dark"), {"desk": {}, "phone": PHONE}.items()):
        for part, place, act in (("overview", "", ""), ("list", "", "document.getElementById('browse').scrollIntoView()"), ("task", fragment(task="synth/2/dev/3", step=9), ""),
                                 ("samples", fragment(task="synth/2/dev/9"), "document.getElementById('samples').scrollIntoView()")):
            browser.open(page("large"), place, scheme=scheme, **size)
            browser.run(act or "0")
            browser.settle()
            browser.picture(MADE / f"{part}-{name}-{scheme}.png")


def real(browser, path):
    """A page of real runs: it has tasks, and each of the first shows itself without complaint."""
    browser.open(path)
    names = browser.run("tracewrightReport.chosenTasks(tracewrightReport.report, tracewrightReport.nothingChosen(tracewrightReport.report)).map(({id}) => id)")
    assert names, "no tasks"
    for name in names[:5]:
        browser.run(f"tracewrightReport.follow({{ ...tracewrightReport.choice(), task: {json.dumps(name)} }})")
        browser.settle()
        assert name in browser.run("document.getElementById('task').textContent"), name
        browser.run("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        browser.settle()
    for scheme, (kind, size) in itertools.product(("light", "dark"), {"desk": {}, "phone": PHONE}.items()):
        for part, place in (("overview", ""), ("task", fragment(task=names[0]))):
            browser.open(path, place, scheme=scheme, **size)
            browser.settle()
            browser.picture(MADE / f"{path.stem}-{part}-{kind}-{scheme}.png")


CHECKS = [filters, groups, differences, hostile, keys, phone, contrast, printing, without_script]
ON_DEMAND = [speed, pictures]

if __name__ == "__main__":
    MADE.mkdir(exist_ok=True)
    named = sys.argv[2:]
    checks = {check.__name__: check for check in CHECKS + ON_DEMAND}
    chosen = [checks[name] if name in checks else pathlib.Path(name).resolve() for name in named] or CHECKS
    browser = Browser()
    try:
        for check in chosen:
            browser.complaints.clear()
            if isinstance(check, pathlib.Path):
                real(browser, check)
            else:
                check(browser)
            name = getattr(check, "__name__", None) or check.name
            same(browser.complaints, [], f"complaints in {name}")
            print(f"{name}: ok", flush=True)
    finally:
        browser.close()
