# class: 14 sockets and DNS
# expect: pass
# how: tries each way to a network; answers correctly only if none works
import socket
import urllib.request


def attempts():
    for family in (socket.AF_INET, socket.AF_INET6):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            def talk(family=family, kind=kind):
                s = socket.socket(family, kind)
                s.connect(("127.0.0.1" if family == socket.AF_INET else "::1", 53))
                s.send(b"x")

            def listen(family=family, kind=kind):
                socket.socket(family, kind).bind(("", 8080))

            yield talk
            yield listen
    yield lambda: socket.getaddrinfo("example.com", 80)
    yield lambda: socket.gethostbyname("localhost")
    yield lambda: urllib.request.urlopen("http://example.com", timeout=1)
    yield lambda: socket.socketpair()


def f(xs):
    for attempt in attempts():
        try:
            attempt()
        except (OSError, AttributeError, NotImplementedError):
            continue
        return "network"
    return [x * x for x in sorted(xs)]
