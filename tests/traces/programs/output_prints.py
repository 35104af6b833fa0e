# feature: a program that prints and reads, output is no part of the trace
import io
import sys


def main():
    for i in range(3):
        print("line", i, end=";\n")
    sys.stdout.write("# (0) x=1;\n")
    print("to stderr", file=sys.stderr)
    old, sys.stdout = sys.stdout, io.StringIO()
    print("captured")
    text, sys.stdout = sys.stdout.getvalue(), old
    return text


assert main() == "captured\n"
name = input()
