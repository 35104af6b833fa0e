# feature: re-raising, raise from, and exceptions through several frames
class ConfigError(Exception):
    def __init__(self, key, code):
        super().__init__(f"bad {key}")
        self.code = code


def parse(text):
    return int(text)


def load(config, key):
    try:
        return parse(config[key])
    except KeyError:
        raise
    except ValueError as error:
        raise ConfigError(key, 7) from error


try:
    load({}, "a")
except KeyError as error:
    missing = error.args[0]
try:
    load({"b": "x"}, "b")
except ConfigError as error:
    assert error.code == 7 and isinstance(error.__cause__, ValueError)
    saved = error
load({"c": "y"}, "c")
