"""What the scripts of this folder share: calling the program, and writing what was measured."""

import json
import subprocess


class Program:
    """Tracewright, by the path of its binary."""

    def __init__(self, path):
        self.path = path

    def lines(self, *arguments):
        """Runs a command and returns the JSON of each line that it prints."""
        output = subprocess.run([self.path, *map(str, arguments)], stdout=subprocess.PIPE, check=True).stdout
        return [json.loads(line) for line in output.splitlines()]

    def call(self, *arguments):
        """Runs a command with `--json` and returns what it prints."""
        (found,) = self.lines("--json", *arguments)
        return found

    def version(self):
        return subprocess.run([self.path, "--version"], stdout=subprocess.PIPE, check=True, text=True).stdout.strip()


def rows(path):
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def write(path, command, program, sets):
    """Writes `sets`, as the results page reads them, with how they were made."""
    measured = {"command": " ".join(command), "program": program.version(), "sets": sets}
    path.write_text(json.dumps(measured, indent=1) + "\n")
