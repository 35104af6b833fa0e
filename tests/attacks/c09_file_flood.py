# class: 9 file-system floods
# expect: runtime_error
# how: fills the disk
def f(xs):
    for i in range(10**9):
        with open("/tmp/%d" % i, "wb") as file:
            file.seek(10**12)
            file.write(b"x")
    return xs
