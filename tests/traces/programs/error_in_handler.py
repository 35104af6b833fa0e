# feature: an exception in an except clause, and in a finally clause
def clumsy(data):
    try:
        return data["key"]
    except KeyError as error:
        return data.missing
    finally:
        data["seen"] = True


store = {}
try:
    clumsy(store)
except AttributeError as error:
    context = type(error.__context__).__name__
assert context == "KeyError" and store == {"seen": True}
clumsy(None)
