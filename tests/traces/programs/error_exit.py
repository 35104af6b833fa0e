# feature: sys.exit with a message, after output
import sys


def main(arguments):
    if not arguments:
        print("usage: program NAME")
        sys.exit("no arguments")
    return 0


main([])
