"""A server with the addresses of the Hugging Face hub and of GitHub's raw files, which misbehaves for some repositories.

The arguments are a Parquet file to serve and a folder of tiny checkpoints, which are models of the user `tiny`. Large files are redirected to another host (`localhost` for `127.0.0.1`), as the hub does. GET /log
gives all requests seen; POST /change/{repo} makes its `main` another commit with other bytes.
"""

import hashlib
import json
import os
import pathlib
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

LOCK = threading.Lock()
LOG = []
COUNTS = {}
FIRST, SECOND, GITHUB = "a" * 40, "b" * 40, "c" * 40
PARQUET = pathlib.Path(sys.argv[1]).read_bytes()
LINES = b"".join(json.dumps({"id": f"sample_{i}", "code": "x" * 500}).encode() + b"\n" for i in range(400))
FILES = {
    "README.md": b"# A dataset\n",
    "test.jsonl": LINES,
    "data/test-00000-of-00002-1a.parquet": PARQUET,
    "data/test-00001-of-00002-2b.parquet": PARQUET,
    "data/train-00000-of-00001.parquet": PARQUET,
    "data/bad.parquet": b"PAR1 this is none PAR1",
}
CHECKPOINTS = pathlib.Path(sys.argv[2])
MODELS = {
    f"tiny/{folder.name}": {"tokenizer.json": b"{}", **{file.name: file.read_bytes() for file in folder.iterdir()}}
    for folder in sorted(CHECKPOINTS.iterdir())
}
MODELS["tiny/experts"] = {**MODELS["tiny/llama"], "config.json": b'{"architectures": ["MixtralForCausalLM"]}'}
MODELS["tiny/pickled"] = {"config.json": b"{}", "tokenizer.json": b"{}", "pytorch_model.bin": b"..."}
CHANGED = set()


def files(repo):
    return MODELS.get(repo, FILES)


def content(commit, path, repo=None):
    return files(repo)[path] + (b'{"id": "more"}\n' if commit == SECOND and path.endswith(".jsonl") else b"")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def count(self, name):
        with LOCK:
            COUNTS[name] = COUNTS.get(name, 0) + 1
            return COUNTS[name]

    def reply(self, status, data, headers=(), claim=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(data) if claim is None else claim))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def refuse(self, status, code, message):
        self.reply(status, json.dumps({"error": message}).encode(), [("X-Error-Code", code), ("X-Error-Message", message)])

    def do_POST(self):
        CHANGED.add(self.path.removeprefix("/change/"))
        self.reply(200, b"{}")

    def do_GET(self):
        with LOCK:
            LOG.append({"path": self.path, "host": self.headers["Host"], "range": self.headers.get("Range"), "authorization": self.headers.get("Authorization")})
        path = urlsplit(self.path).path
        parts = path.strip("/").split("/")
        if path == "/log":
            return self.reply(200, json.dumps(LOG).encode())
        if parts[:2] == ["api", "datasets"] and parts[4] == "revision":
            return self.info("/".join(parts[2:4]), unquote(parts[5]))
        if parts[0] == "datasets" and parts[3] == "resolve":
            return self.resolve("/".join(parts[1:3]), unquote(parts[4]), "/".join(parts[5:]))
        if parts[:2] == ["api", "models"] and parts[4] == "revision" and "/".join(parts[2:4]) in MODELS:
            return self.info("/".join(parts[2:4]), unquote(parts[5]))
        if "/".join(parts[:2]) in MODELS and parts[2] == "resolve":
            return self.resolve("/".join(parts[:2]), unquote(parts[3]), "/".join(parts[4:]))
        if parts[0] == "cdn":
            return self.cdn("/".join(parts[1:3]), parts[3], "/".join(parts[4:]))
        if parts[0] == "github" and parts[3] == GITHUB:
            return self.reply(200, content(FIRST, "/".join(parts[4:])), [("ETag", '"x"')])
        return self.refuse(404, "EntryNotFound", "Entry not found")

    def allowed(self, repo):
        """Whether the caller may see it; else it has been told."""
        token = self.headers.get("Authorization")
        if repo == "test/missing":
            self.refuse(404, "RepoNotFound", "Repository not found")
        elif repo == "test/gated" and token is None:
            self.refuse(401, "GatedRepo", "Access to dataset test/gated is restricted. You must have access to it and be authenticated.")
        elif repo == "test/gated" and token != "Bearer good":
            self.refuse(403, "GatedRepo", f"{token} is not in the authorized list")
        else:
            return True
        return False

    def info(self, repo, revision):
        if not self.allowed(repo):
            return None
        if repo == "test/old-name":
            return self.reply(307, b"", [("Location", self.path.replace("old-name", "new-name"))])
        if repo == "test/busy" and self.count(repo) < 3:
            return self.reply(429, b"slow down", [("Retry-After", "0")])
        if repo == "test/half-info" and self.count(repo) < 2:
            self.reply(200, b'{"sha"', claim=1000)
            return self.cut()
        if repo == "test/html":
            return self.reply(200, b"<html>Log in</html>")
        commit = {"main": SECOND if repo in CHANGED else FIRST, "refs/pr/1": SECOND}.get(revision, revision)
        if commit not in (FIRST, SECOND):
            return self.refuse(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        siblings = []
        for name in files(repo):
            data = content(commit, name, repo)
            large = repo != "test/small" and name not in ("README.md", "config.json")
            sibling = {"rfilename": name, "size": len(data)}
            if large:
                sibling["lfs"] = {"sha256": sha256(data), "size": len(data), "pointerSize": 130}
            siblings.append(sibling if repo != "test/bare" else {"rfilename": name})
        return self.reply(200, json.dumps({"id": repo, "sha": commit, "siblings": siblings}).encode())

    def resolve(self, repo, commit, name):
        if not self.allowed(repo):
            return None
        data = content(commit, name, repo)
        told = [("X-Repo-Commit", SECOND if repo == "test/moved" else commit)]
        if repo == "test/small" or name == "config.json":
            etag = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
            return self.reply(200, data, [*told, ("ETag", f'"{etag}"')])
        told += [("X-Linked-Etag", f'"{sha256(data)}"'), ("X-Linked-Size", str(len(data))), ("ETag", f'"{sha256(data)}"')]
        target = f"http://localhost:{self.server.server_address[1]}/cdn/{repo}/{commit}/{name}?Signature=x%2Fy"
        return self.reply(302, b"Found", [*told, ("Location", target)])

    def cut(self):
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def cdn(self, repo, commit, name):
        if self.headers.get("Authorization") or parse_qs(urlsplit(self.path).query) != {"Signature": ["x/y"]}:
            return self.reply(400, b"<Error>InvalidArgument</Error>")
        data = content(commit, name, repo)
        if repo == "test/wrong" or repo == "test/wrong-once" and self.count(repo) == 1:
            data = data.replace(b"sample_7", b"sample_8")
        if repo == "test/larger":
            data += b"more"
        total, begin = len(data), 0
        wanted = self.headers.get("Range")
        if wanted and repo != "test/no-ranges":
            begin = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if begin >= total:
                return self.reply(416, b"", [("Content-Range", f"bytes */{total}")])
        headers = [("ETag", f'"{sha256(data)}"')]
        if begin:
            headers.append(("Content-Range", f"bytes {begin}-{total - 1}/{total}"))
        data = data[begin:]
        if repo == "tiny/qwen2" and name.endswith(".safetensors") and self.count(repo) < 3:
            self.reply(206 if begin else 200, data[:3000], headers, claim=len(data))
            return self.cut()
        if repo in ("test/cut", "test/no-ranges") and self.count(repo) < 4 or repo == "test/always-cut":
            self.reply(206 if begin else 200, data[: 50_000 if repo != "test/always-cut" else 0], headers, claim=len(data))
            return self.cut()
        return self.reply(206 if begin else 200, data, headers)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    # The tests hold the other end: without them there is nothing to serve.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    server.serve_forever()
