# feature: code that is never reached: functions, branches, after return and raise
def used(n):
    if n:
        return n
    n = 1
    return n


def unused():
    x = 1
    return x


def stops():
    raise NotImplementedError("soon")
    y = 1


class Never:
    def method(self):
        return 0


if False:
    z = 1
while 0:
    z = 2
if not used(2):
    print("no")
stops()
print("after")
