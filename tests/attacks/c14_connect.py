# class: 14 sockets and DNS
# expect: missing_module
# how: connects to a service of the host: the sandbox has no network
import socket


def f(xs):
    return socket.create_connection(("127.0.0.1", 22), 1).recv(100)
