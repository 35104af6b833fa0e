# class: 18 reading the harness
# expect: wrong_answer or runtime_error
# how: has the tester format a text of its own, whose fields walk from an exception to the frame with the test's source
import ast
import fractions

from tracewright_guest import candidate


def f(*args, **kwargs):
    ask = candidate._side.ask

    def read(path):
        return ask(("getattr",), ("{0" + path + "}", "format"), {})(fractions.Fraction(1, 2))

    try:
        ask(("call",), (int, "x"), {})
    except ValueError as error:
        number = error.tracewright_number
    frame = ".__class__.__add__.__globals__[sys].modules[tracewright_guest.tester]._side._handed[%d].__traceback__.tb_frame" % number
    source = None
    for _ in range(20):
        frame += ".f_back"
        try:
            source = read(frame + ".f_locals[source]")
            break
        except Exception:
            pass
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            left, right = node.left, node.comparators[0]
            return ast.literal_eval(right if isinstance(left, ast.Call) else left)
