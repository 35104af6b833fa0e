# feature: generator send, throw and close
def average():
    total = count = 0
    try:
        while True:
            try:
                value = yield total / count if count else None
            except ValueError as error:
                value = 0
            total += value
            count += 1
    finally:
        closed.append(count)


closed = []
gen = average()
next(gen)
assert gen.send(10) == 10
assert gen.send(20) == 15
assert gen.throw(ValueError("skip")) == 10
gen.close()
assert closed == [3]
