# class: 9 file-system floods
# expect: runtime_error or out_of_memory or out_of_fuel
# how: fills the disk: a terabyte of holes in memory is refused
def f(xs):
    for i in range(10**9):
        with open("/tmp/%d" % i, "wb") as file:
            file.seek(10**12)
            file.write(b"x")
    return xs
