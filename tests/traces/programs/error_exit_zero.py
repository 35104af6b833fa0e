# feature: sys.exit(0) in a try with finally, at the end of a program
import sys

state = "running"
try:
    sys.exit(0)
finally:
    state = "ended"
