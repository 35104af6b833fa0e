# class: 20 exits and swallowed exceptions
# expect: runtime_error
# how: GeneratorExit and KeyboardInterrupt, which `except Exception` lets through
def f(xs):
    raise GeneratorExit if len(xs) else KeyboardInterrupt
