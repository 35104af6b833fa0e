"""A server that speaks the OpenAI protocol and misbehaves on command.

A request's field `plan` lists what to do at its first try, its second and so on (the last holds from then on); tries of one `plan_id` are
counted together. GET /log gives all requests seen, and how many of each
`plan_id` there were at the same time. CONNECT makes it a proxy, whose every tunnel leads back to itself. Arguments: a certificate and
its key, for HTTPS.
"""

import gzip
import json
import os
import socket
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOCK = threading.Lock()
LOG = []
TRIES = {}
NOW = {}
MOST = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body, headers=(), kind="application/json", claim=None):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data) if claim is None else claim))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def cut(self):
        """Ends the connection after what was written so far."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def do_CONNECT(self):
        with LOCK:
            LOG.append({"connect": self.path, "authorization": self.headers.get("Proxy-Authorization")})
        upstream = socket.create_connection(self.server.server_address)
        self.send_response(200)
        self.end_headers()
        self.wfile.flush()

        def pump(source, target):
            try:
                while data := source.recv(65536):
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        back = threading.Thread(target=pump, args=(upstream, self.connection), daemon=True)
        back.start()
        pump(self.connection, upstream)
        back.join()
        self.close_connection = True

    def do_GET(self):
        if self.path == "/log":
            with LOCK:
                self.reply(200, {"requests": LOG, "most": MOST})
        else:
            self.reply(404, {"error": {"message": "no such page"}})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        plan, name = body.get("plan", ["ok"]), body.get("plan_id", "")
        with LOCK:
            LOG.append({"path": self.path, "authorization": self.headers.get("Authorization"), "body": body, "time": time.monotonic()})
            number = TRIES[name] = TRIES.get(name, -1) + 1
            NOW[name] = NOW.get(name, 0) + 1
            MOST[name] = max(MOST.get(name, 0), NOW[name])
        try:
            step, _, argument = plan[min(number, len(plan) - 1)].partition(":")
            getattr(self, "step_" + step)(body, argument)
        except BrokenPipeError:
            pass
        finally:
            with LOCK:
                NOW[name] -= 1

    def answer(self, body, n, **changes):
        choices = []
        for index in range(n):
            text = f"sample {index} of seed {body.get('seed')}"
            choice = {"index": index, "finish_reason": "stop"}
            if "messages" in body:
                choice["message"] = {"role": "assistant", "content": text}
                if body.get("logprobs"):
                    choice["logprobs"] = {"content": [{"token": "a", "logprob": -0.5}, {"token": "b", "logprob": -1.0}]}
            else:
                choice["text"] = text
                if body.get("logprobs"):
                    choice["logprobs"] = {"token_logprobs": [-0.5, -1.0, -1.5]}
            choices.append({**choice, **changes})
        return {"id": "x", "choices": choices, "usage": {"completion_tokens": 7 * n}}

    def step_ok(self, body, _):
        self.reply(200, self.answer(body, body.get("n", 1)))

    def step_slow(self, body, seconds):
        time.sleep(float(seconds))
        self.step_ok(body, "")

    def step_atmost(self, body, n):
        self.reply(200, self.answer(body, min(body.get("n", 1), int(n))))

    def step_toomany(self, body, _):
        self.reply(200, self.answer(body, body.get("n", 1) + 2))

    def step_refuse_n(self, body, status):
        if body.get("n", 1) > 1:
            self.reply(int(status), {"error": {"message": "Only one completion choice is allowed"}})
        else:
            self.step_ok(body, "")

    def step_status(self, _, argument):
        status, _, after = argument.partition(":")
        self.reply(int(status), {"error": {"message": f"status {status} as told"}}, [("Retry-After", after)] if after else [])

    def step_refuse_word(self, body, argument):
        word, _, status = argument.partition(":")
        if word in json.dumps(body["messages"]):
            self.step_status(body, status)
        else:
            self.step_ok(body, "")

    def step_late(self, body, argument):
        seconds, _, status = argument.partition(":")
        time.sleep(float(seconds))
        self.step_status(body, status)

    def step_plain(self, _, argument):
        self.reply(int(argument), b"no JSON " * 1000, kind="text/plain")

    def step_tell_key(self, _, status):
        self.reply(int(status), {"error": {"message": "wrong key: " + self.headers.get("Authorization", "")}})

    def step_key_late(self, _, argument):
        """The key so far behind that its beginning is the last of `argument` bytes."""
        text = "x" * (int(argument) - len("Bearer ") - 5) + self.headers.get("Authorization", "")
        self.reply(200, text.encode(), kind="text/plain")

    def step_redirect(self, _, argument):
        self.reply(308, b"", [("Location", "http://elsewhere.invalid/v1" + argument)])

    def step_half(self, body, _):
        data = json.dumps(self.answer(body, 1)).encode()
        self.reply(200, data[: len(data) // 2])

    def step_empty(self, _, __):
        self.reply(200, b"")

    def step_nothing(self, _, __):
        self.cut()

    def step_midbody(self, body, _):
        data = json.dumps(self.answer(body, 1)).encode()
        self.reply(200, data[:20], claim=len(data))
        self.cut()

    def step_midchunk(self, body, _):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"40\r\n{\"choices\": [")
        self.cut()

    def step_html(self, _, __):
        self.reply(200, b"<html>Log in</html>", kind="text/html")

    def step_nochoices(self, _, __):
        self.reply(200, {"id": "x"})

    def step_foreign_word(self, body, word):
        """Something else than completions for prompts with a word."""
        if word in json.dumps(body["messages"]):
            self.step_nochoices(body, "")
        else:
            self.step_ok(body, "")

    def step_packed(self, body, encoding):
        """In an encoding; `cut` is gzip that ends early."""
        data = gzip.compress(json.dumps(self.answer(body, 1)).encode())
        data = {"cut": data[: len(data) // 2], "odd": b"\x1f\x8b" + data}.get(encoding, data)
        self.reply(200, data, [("Content-Encoding", encoding if encoding in ("x-gzip", "br") else "gzip")])

    def step_bytes(self, body, kind):
        """The text of a sample in bytes that are not all JSON or UTF-8."""
        data = json.dumps(self.answer(body, 1))
        half = data.replace("sample", "sample\\udc00")
        self.reply(200, {"surrogate": half.encode(), "latin1": data.replace("sample", "sampl\xe9").encode("latin-1"), "mark": b"\xef\xbb\xbf" + data.encode()}[kind])

    def step_error200(self, _, code):
        self.reply(200, {"error": {"message": "in the body", "code": int(code)}})

    def step_error_text(self, _, text):
        self.reply(200, {"error": text})

    def step_broken_off(self, body, reason):
        self.reply(200, self.answer(body, 1, finish_reason=reason))

    def step_long(self, body, size):
        self.reply(200, self.answer(body, 1, message={"role": "assistant", "content": "x" * int(size)}))

    def step_null(self, body, _):
        self.reply(200, self.answer(body, 1, message={"role": "assistant", "content": None}))

    def step_reasoning(self, body, _):
        message = {"role": "assistant", "content": None, "reasoning_content": "let me see"}
        self.reply(200, self.answer(body, 1, message=message, finish_reason="length"))


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Handler)
    if sys.argv[1:]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*sys.argv[1:3])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    # The tests hold the other end: without them there is nothing to serve.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    server.serve_forever()
