"""What of the library works: files. Each function asserts."""

import errno
import io
import os
import tempfile


def files():
    with open("a.txt", "w") as f:
        f.write("x\ny\n")
        assert f.name == "a.txt"
    assert open("a.txt").read() == "x\ny\n"
    assert os.path.exists("/tmp/a.txt") and os.path.getsize("a.txt") == 4
    with open("a.txt", "a+") as f:
        f.write("z")
        f.seek(0)
        assert f.readlines() == ["x\n", "y\n", "z"]
    with open("a.txt", "rb+") as f:
        f.seek(2)
        f.write(b"Q")
    assert open("a.txt", "rb").read() == b"x\nQ\nz"
    try:
        open("nope.txt")
    except FileNotFoundError as e:
        assert e.errno == 2 == errno.ENOENT and str(e) == "[Errno 2] No such file or directory: 'nope.txt'", e
    try:
        open("a.txt", "x")
    except FileExistsError:
        pass
    try:
        open("/tmp")
    except IsADirectoryError as e:
        assert e.errno == 21
    try:
        open("/etc/passwd")
    except FileNotFoundError:
        pass
    assert isinstance(OSError(13, "x"), PermissionError) and type(OSError(44, "x").errno) is int
    import pathlib, shutil, json, csv, zipfile, gzip, shelve, tarfile, pickle, sqlite3

    d = pathlib.Path(tempfile.mkdtemp())
    (d / "s" / "t").mkdir(parents=True)
    (d / "s" / "f.json").write_text(json.dumps([1]))
    assert json.loads((d / "s" / "f.json").read_text()) == [1]
    assert sorted(p.name for p in d.rglob("*")) == ["f.json", "s", "t"], list(d.rglob("*"))
    shutil.copy(d / "s" / "f.json", d / "g.json")
    shutil.move(str(d / "g.json"), str(d / "h.json"))
    assert (d / "h.json").exists() and not (d / "g.json").exists()
    assert [x for x in os.walk(d)][0][1:] == (["s"], ["h.json"])
    shutil.copytree(d / "s", d / "u")
    shutil.rmtree(d)
    assert not d.exists()
    with tempfile.TemporaryFile("w+") as f:
        f.write("a")
        f.seek(0)
        assert f.read() == "a"
    with tempfile.NamedTemporaryFile("w", delete=False) as f:
        f.write("hey")
    assert open(f.name).read() == "hey"
    os.unlink(f.name)
    with tempfile.TemporaryDirectory() as t:
        open(os.path.join(t, "q"), "w").write("1")
        assert os.listdir(t) == ["q"]
    assert not os.path.exists(t)
    with tempfile.SpooledTemporaryFile(max_size=2) as f:
        f.write(b"abcdef")
        f.seek(0)
        assert f.read() == b"abcdef"
    with zipfile.ZipFile("z.zip", "w") as z:
        z.writestr("a", "b")
    assert zipfile.ZipFile("z.zip").read("a") == b"b"
    with gzip.open("g.gz", "wt") as g:
        g.write("hi")
    assert gzip.open("g.gz", "rt").read() == "hi"
    with shelve.open("sh") as s:
        s["k"] = [1]
    with shelve.open("sh") as s:
        assert s["k"] == [1]
    with tarfile.open("t.tar.gz", "w:gz") as t:
        t.add("a.txt")
    assert tarfile.open("t.tar.gz").getnames() == ["a.txt"]
    with open("c.csv", "w", newline="") as f:
        csv.writer(f).writerow([1, "a"])
    assert list(csv.reader(open("c.csv"))) == [["1", "a"]]
    fd = os.open("low", os.O_RDWR | os.O_CREAT)
    os.write(fd, b"abc")
    os.lseek(fd, 0, 0)
    assert os.read(fd, 2) == b"ab"
    os.close(fd)
    try:
        os.read(fd, 1)
    except OSError as e:
        assert e.errno == 9
    n = open(os.devnull, "w")
    print("x", file=n)
    n.close()
    assert open("/dev/null").read() == ""
    os.makedirs("x/y")
    os.chdir("x")
    assert os.getcwd() == "/tmp/x"
    os.chdir("/tmp")
    os.removedirs("x/y")


def files2():
    import glob, filecmp, configparser, logging, contextlib

    for n in "ab":
        open(n + ".q", "w").write(n)
    assert sorted(glob.glob("*.q")) == ["a.q", "b.q"]
    assert not filecmp.cmp("a.q", "b.q")
    with open(os.devnull, "w") as f, contextlib.redirect_stdout(f):
        print("hidden")
    logging.FileHandler("l.log").close()
    try:
        os.rmdir("/tmp")
    except OSError as e:
        assert e.errno == 39
    for l in open("a.q"):
        assert l == "a"
    try:
        open("a.q").write("x")
    except io.UnsupportedOperation:
        pass
    else:
        assert 0
    try:
        open("a.q", "zz")
    except ValueError as e:
        pass
    f = open("a.q")
    f.close()
    try:
        f.read()
    except ValueError as e:
        assert str(e) == "I/O operation on closed file.", e
    st = os.stat("a.q")
    assert st.st_size == 1 and st.st_mtime > 0 and st.st_mtime_ns > 0
    import stat as S

    assert S.S_ISREG(st.st_mode)


files()
files2()
