# feature: an endless loop on one line
def wait():
    while True: pass


wait()
