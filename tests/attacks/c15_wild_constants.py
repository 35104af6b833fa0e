# class: 15 interpreter crashes
# expect: runtime_error
# how: LOAD_CONST far beyond the constants: treats wild memory as an object
import dis


def f(xs):
    load, ret, ext = dis.opmap["LOAD_CONST"], dis.opmap["RETURN_VALUE"], dis.opmap["EXTENDED_ARG"]
    code = (lambda: None).__code__
    bad = code.replace(co_code=bytes([ext, 0x7F, ext, 0xFF, ext, 0xFF, load, 0xFF, ret, 0]))
    return repr((lambda: None).__class__(bad, {})())
