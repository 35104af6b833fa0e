# class: 15 interpreter crashes
# expect: runtime_error
# how: runs bytecode that pops an empty stack and reads far outside its constants
def f(xs):
    code = (lambda: None).__code__
    bad = code.replace(co_code=bytes([1, 0, 31, 0] * 0 + [90, 255] * 4 + [31, 0] * 500 + [35, 0]), co_stacksize=1)
    return (lambda: None).__class__(bad, {})()
