"""Data for trying out the report: `fixture.py KIND FILE`, KIND one of small, large, hostile, long, plain, empty."""

import json
import random
import sys

HOSTILE = [
    "</script><script>window.owned = 1</script>",
    "<img src=x onerror=\"window.owned = 1\">",
    "<!-- <script> --> ]]> &lt;b&gt; &amp; @DATA@ @NONCE@ @SCRIPT@ @STYLE@ javascript:window.owned=1",
    "right \u202eot tfel\u202c and \u200bzero\ufeffwidth \u2066isolate\u2069 \u05e9\u05dc\u05d5\u05dd abc \u0627\u0644\u0639",
    "nul \u0000 bell \u0007 escape \u001b[31m delete \u007f next \u0085 line \u2028 paragraph \u2029 end",
    "lone \ud800 surrogate, combining e\u0301 \u0327\u0327, wide \U0001d54f\U0001f600 \u3042",
    "__proto__", "constructor", "toString", "#task=x&set=2", "long " + "word" * 25000, "x" * 200000, "", " ", "\n\n\n",
]
VERDICTS = ["wrong_answer", "runtime_error", "out_of_fuel", "out_of_memory", "compile_error", "missing_module"]


class Strings:
    def __init__(self):
        self.list, self.indices = [], {}

    def __call__(self, text):
        if text is None:
            return None
        if text not in self.indices:
            self.indices[text] = len(self.list)
            self.list.append(text)
        return self.indices[text]


def record(source):
    """A recording as `html.rs` encodes one, of a program that CPython runs here."""
    strings, events, frames, state, pending = Strings(), [], {}, {}, {}
    lines = source.rstrip("\n").split("\n")

    def number(frame):
        if frame.f_code.co_name == "<module>":
            return 0
        return frames.setdefault(id(frame), (len(frames) + 1, frame))[0]

    def changes(frame):
        which = number(frame)
        hidden = {"__builtins__", "__annotations__"}
        now = {name: repr(value)[:300] for name, value in frame.f_locals.items() if name not in hidden and not callable(value)}
        before = state.get(which, {})
        state[which] = now
        out = []
        for name in {**before, **now}:
            if name not in now:
                out += [strings(name), -1]
            elif before.get(name) != now[name]:
                out += [strings(name), strings(now[name])]
        return out

    def settle(frame):
        row = pending.pop(number(frame), None)
        if row:
            events.append([1, row, number(frame), -1, -1, *changes(frame)])

    def trace(frame, event, argument):
        if frame.f_code.co_filename != "<program>":
            return None
        which = number(frame)
        if event == "call":
            if which:
                events.append([0, frame.f_lineno, which, number(frame.f_back), strings(frame.f_code.co_name), *changes(frame)])
        elif event == "line":
            settle(frame)
            pending[which] = frame.f_lineno
        elif event == "exception":
            row = pending.pop(which, frame.f_lineno)
            text = f"{argument[0].__name__}: {argument[1]}"
            first = not any(each[0] == 4 and each[4] == strings(text) for each in events)
            events.append([4 if first else 5, row, which, -1, strings(text), *changes(frame)])
            state[("left", which)] = True
        elif event == "return":
            if state.pop(("left", which), False) and argument is None:
                events.append([6, frame.f_lineno, which, -1, -1])
            elif which:
                row = pending.pop(which, frame.f_lineno)
                events.append([2, row, which, -1, strings(repr(argument)), *changes(frame)])
            else:
                settle(frame)
        return trace

    end = {"kind": "finished", "text": "Ran to its end", "row": None}
    try:
        code = compile(source, "<program>", "exec")
        sys.settrace(trace)
        exec(code, {"__name__": "program"})
    except Exception as error:
        sys.settrace(None)
        row = next((each[1] for each in reversed(events) if each[0] == 4), None)
        end = {"kind": "raised", "text": f"Failed: {type(error).__name__}: {error}", "row": row}
    finally:
        sys.settrace(None)
    comments = ["" for _ in lines]
    for step, each in enumerate(events):
        pairs = [f"{strings.list[each[at]]}={strings.list[each[at + 1]]}" for at in range(5, len(each), 2) if each[at + 1] >= 0]
        if pairs and len(comments[each[1] - 1]) < 200:
            comments[each[1] - 1] += (" " if comments[each[1] - 1] else "  # ") + f"({step}) {', '.join(pairs)};"
    return {"source": lines, "comments": comments, "end": end, "strings": strings.list, "events": events}


BUGGY = '''def longest_run(numbers: list[int], limit: int = {limit}) -> int:
    """The length of the longest run of numbers that are at least `limit`."""
    best = 0
    current = 0
    for index, number in enumerate(numbers):
        if number > limit:
            current += 1
        else:
            best = max(best, current)
            current = 0
    return best


def total_of_runs(rows):
    total = 0
    for row in rows:
        total += longest_run(row)
    return total
'''
FIXED = BUGGY.replace("number > limit", "number >= limit").replace("    return best\n", "    return max(best, current)\n", 1)
RATIONALE = """The loop resets `best` only when a run ends, so a run that reaches the end of the list is lost: at step (14) current=3
but best stays 1. Also `>` leaves out numbers equal to the limit.

The fix compares with `>=` and takes the last run into account when the loop has ended."""
PLOT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 40 480 200" font-family="sans-serif" font-size="12">
<rect width="480" height="240" fill="var(--plot-back)"/>
<g stroke="var(--plot-grid)"><path d="M50 200H460M50 150H460M50 100H460M50 50H460"/></g>
<g fill="var(--plot-ink)"><text x="40" y="204" text-anchor="end">0 %</text><text x="40" y="104" text-anchor="end">50 %</text>
<text x="255" y="230" text-anchor="middle">iteration</text></g>
<g fill="none" stroke-width="2"><path stroke="var(--plot-1)" d="M60 160L190 140L320 112L450 104"/>
<path stroke="var(--plot-2)" d="M60 140L190 128L320 96L450 80"/></g>
<text x="452" y="98" text-anchor="end" fill="var(--plot-1)">pass@1</text><text x="452" y="72" text-anchor="end" fill="var(--plot-2)">pass@8</text></svg>"""


def sections():
    return [
        {"heading": "Outcome", "paragraphs": ["The best checkpoint solves more held-out tasks than the base model; the interval of the difference excludes zero."],
         "tables": [{"caption": "pass@k on the test split, 95 % intervals", "columns": ["", "base", "best", "difference"],
                     "rows": [["pass@1", "22.1 % [16.5, 27.9]", "31.4 % [25.0, 37.9]", "+9.3 [4.1, 14.6]"],
                              ["pass@4", "43.3 % [34.2, 52.5]", "52.5 % [43.3, 61.7]", "+9.2 [2.5, 15.8]"]],
                     "notes": ["Intervals are bootstrapped over tasks."]}], "plots": []},
        {"heading": "Course of training", "paragraphs": [], "tables": [],
         "plots": [{"caption": "pass@k of each iteration on the dev split", "alt": "Two rising lines: pass@1 from 20 to 48 %, pass@8 from 30 to 60 %", "svg": PLOT},
                   {"caption": "The same, once more", "alt": "Two rising lines", "svg": PLOT}]},
        {"heading": "Verdicts", "paragraphs": [], "plots": [],
         "tables": [{"caption": "Verdicts of all samples", "columns": ["verdict", "base", "best", "share of base", "share of best"],
                     "rows": [["pass", "2,210", "3,140", "22.1 %", "31.4 %"], ["wrong_answer", "5,102", "4,690", "51.0 %", "46.9 %"]], "notes": []}]},
    ]


ABOUT = [["Dataset", "synth seed 2, splits dev and test"], ["Guest", "CPython 3.14.0, blake3 6f1c0e…9a"], ["Fuel", "2,000,000,000 for each test"],
         ["Seeds", "17, 18, 19"], ["Program", "tracewright 0.4.0"]]


def sample(strings, chance, verdict, number, fixed, program):
    fix = fixed if verdict == "pass" else program.replace("current = 0", f"current = {number % 3}").replace("best = max", "best = min" if number % 2 else "best = max")
    if verdict == "compile_error":
        fix = program.replace("def ", "de f ", 1)
    out = {"v": verdict, "visible": "pass" if verdict == "pass" or number % 5 == 0 else verdict, "fix": strings(fix),
           "rationale": strings(RATIONALE + f"\n\nVariant {number % 4}."), "fuel": chance.randrange(10**6, 10**9), "memory": chance.randrange(10**7, 10**8), "error": None}
    if number % 7 == 6:
        out["fix"], out["rationale"], out["error"] = None, strings("I could not find a mistake."), None
    if verdict == "pass":
        out["tests"] = [["pass", 8]]
    elif verdict == "compile_error":
        out["tests"], out["error"] = [["not_run", 8]], strings("SyntaxError: invalid syntax (line 1)")
    else:
        failed = "wrong_answer" if verdict == "wrong_answer" else verdict
        out["tests"] = [["pass", 2], [failed, strings("longest_run([4, 5, 6, 1, 9, 9, 9])"), strings("3"),
                                      strings("1") if failed == "wrong_answer" else None,
                                      strings("IndexError: list index out of range") if failed == "runtime_error" else None], ["not_run", 5]]
    if number % 11 == 0:
        out["colocated"] = True
    return out


def tasks(strings, recordings, seed, size, samples, rate):
    chance = random.Random(seed)
    out = []
    for index in range(size):
        program, fixed = BUGGY.format(limit=index), FIXED.format(limit=index)
        tests = [f"assert longest_run([{index}, {index + 1}, {index + 2}]) == 3", f"assert total_of_runs([[{index + 5}], [0, {index + 9}]]) == 2"]
        if len(recordings) <= index:
            recordings.append(record(program + "\n\n" + tests[0] + "\n"))
        skill = [0, 1, rate, rate / 2][chance.randrange(4)]
        made = [sample(strings, chance, "pass" if chance.random() < skill else chance.choice(VERDICTS), chance.randrange(12), fixed, program) for _ in range(samples)]
        task = {"id": f"synth/2/{'dev' if index % 2 else 'test'}/{index}", "program": strings(program), "reference": strings(fixed),
                "description": strings(f"Find the longest run of numbers that are at least {index}. Runs that reach the end of the list count.\n\nAn empty list has no run."),
                "tests": [strings(test) for test in tests], "recording": index, "samples": made}
        if index % 9 == 8:
            task["recording"], task["no_recording"] = None, "the program runs out of fuel before the first test ends"
        out.append(task)
    return out


def report(title, sets, strings, recordings, parts=None, about=None):
    return {"title": title, "about": ABOUT if about is None else about, "sections": sections() if parts is None else parts,
            "strings": strings.list, "recordings": recordings, "sets": sets}


def repair(size, samples):
    strings, recordings = Strings(), []
    sets = [{"name": "test: base model", "tasks": tasks(strings, recordings, 1, size, samples, 0.4)},
            {"name": "test: best model", "tasks": tasks(strings, recordings, 2, size, samples, 0.7)}]
    return report("NExT on synthetic repair tasks, seed 2", sets, strings, recordings)


def hostile():
    strings, recordings = Strings(), []
    made = []
    for index, text in enumerate(HOSTILE):
        program = f"text = {text!a}\nkept = [text, text[::-1]]\nraise ValueError(text)\n"
        recordings.append(record(program))
        recordings[-1]["source"] += text.split("\n")
        recordings[-1]["comments"] += [text for _ in text.split("\n")]
        some = {"v": "wrong_answer", "visible": "pass", "fix": strings(text + "\n" + program), "rationale": strings(text), "fuel": 10**index, "memory": 2**index,
                "tests": [["pass", 1], ["wrong_answer", *[strings(text)] * 4]], "error": strings(text)}
        odd = {**some, "v": text or "odd", "fix": strings("\n".join([text] * 3)), "tests": [[text, 3], [text, None, None, None, None]]}
        made.append({"id": text or f"empty {index}", "description": strings(text), "program": strings(program + text), "reference": strings(text), "tests": [strings(text)],
                     "recording": index if index % 2 else None, "no_recording": text, "samples": [some, odd]})
    table = {"caption": HOSTILE[0], "columns": HOSTILE[:3], "rows": [HOSTILE[:3], HOSTILE[3:6]], "notes": HOSTILE[:2]}
    part = {"heading": HOSTILE[1], "paragraphs": HOSTILE[:6], "tables": [table], "plots": [{"caption": HOSTILE[0], "alt": HOSTILE[1], "svg": PLOT}]}
    sets = [{"name": HOSTILE[0], "tasks": made}, {"name": HOSTILE[3], "tasks": made[:3]}]
    return report(HOSTILE[0], sets, strings, recordings, [part], [[HOSTILE[0], HOSTILE[1]]])


def long():
    """Programs of 2,000 lines: a few changes, half of them changed, all in another order."""
    strings, chance = Strings(), random.Random(3)
    lines = [f"value_{index} = compute({index % 37}, {index % 11})  # {'same' if index % 3 else index}" for index in range(2000)]
    few = [line.replace("compute", "derive") if index % 400 == 7 else line for index, line in enumerate(lines) if index % 500 != 13]
    half = [line.replace("compute", "derive") if chance.random() < 0.5 else line for line in lines]
    shuffled = lines[:]
    chance.shuffle(shuffled)
    other = [f"unlike_{index}: {index * 7}" for index in range(2000)]
    loop = "total = 0\nfor number in range(4000):\n    total += number\n    half = total // 2\n"
    recordings = [record(loop + "\n".join(f"value_{index} = {index}" for index in range(1995)))]
    fixes = [few, half, shuffled, other]
    samples = [{"v": "wrong_answer", "fix": strings("\n".join(fix) + "\n"), "rationale": None, "fuel": 1, "memory": 1, "tests": [["pass", 3]], "error": None} for fix in fixes]
    task = {"id": "long/1", "description": strings("A long program."), "program": strings("\n".join(lines) + "\n"), "reference": strings("\n".join(few) + "\n"),
            "tests": [], "recording": 0, "samples": samples}
    return report("Long programs", [{"name": "only", "tasks": [task]}], strings, recordings, [])


def plain():
    """Not repair: no program; six sets, one of them without samples."""
    strings = Strings()
    sets = []
    for number in range(6):
        made = [{"id": f"HumanEval/{index}", "description": strings(f'def f{index}(x):\n    """Return x + {index}."""\n'), "program": None, "reference": strings(f"def f{index}(x):\n    return x + {index}\n"),
                 "tests": [], "recording": None, "samples": [] if number == 5 else
                 [{"v": "pass" if (index + number + each) % 3 else "wrong_answer", "fix": strings(f"def f{index}(x):\n    return x + {index + each}\n"), "rationale": None, "fuel": 5000 + each,
                   "memory": 2**20, "tests": [["pass", 5]], "error": None} for each in range(5)]} for index in range(number, 30)]
        sets.append({"name": f"humaneval: checkpoint {number} of run", "tasks": made})
    return report("HumanEval", sets, strings, [])


KINDS = {
    "small": lambda: repair(40, 6), "large": lambda: repair(500, 20), "hostile": hostile, "long": long, "plain": plain,
    "empty": lambda: report("Nothing ran", [], Strings(), [], [], []),
}

if __name__ == "__main__":
    kind, path = sys.argv[1:]
    with open(path, "w") as file:
        json.dump(KINDS[kind](), file)
