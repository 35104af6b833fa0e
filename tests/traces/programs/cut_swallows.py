# feature: an endless loop that catches every exception
def stubborn():
    tries = 0
    while True:
        try:
            tries += 1
        except BaseException:
            pass


stubborn()
