# feature: a program that never ends
def spin(n):
    while True:
        n += 1


spin(0)
