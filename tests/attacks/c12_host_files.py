# class: 12 files
# expect: runtime_error
# how: reads a file of the host
def f(xs):
    return open("/etc/passwd").read()
