# class: 14 sockets and DNS
# expect: runtime_error or missing_module
# how: connects to a service of the host
import socket


def f(xs):
    return socket.create_connection(("127.0.0.1", 22), 1).recv(100)
