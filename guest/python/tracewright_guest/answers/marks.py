"""What chat models leave around an answer: special tokens, roles, thoughts, colours of a terminal."""

import re
from bisect import bisect_left

from .fences import blocks
from .pieces import whole

#: Marks that some programs contain too: they count at the end of a line only.
_LINE_ENDS = ("</s>", "<eos>", "<end_of_turn>", "[/INST]", "[INST]", "<pad>")
#: Marks that may stand before an answer, besides `<|...|>`.
_BEGINNINGS = ("<s>", "<bos>", "<eos>", "</s>", "[/INST]", "<start_of_turn>model")
#: Where models of OpenAI's harmony format begin to answer.
_FINAL = "<|channel|>final<|message|>"
#: A special token; DeepSeek writes it with full-width bars.
_SPECIAL = re.compile(r"<\|[\w\-\u2581]{1,40}\|>|<\uff5c[\w\-\u2581]{1,40}\uff5c>")
_LINE_END = re.compile(r"(?:%s)(?=\n|<|\[|\Z)" % "|".join(re.escape(mark) for mark in _LINE_ENDS))
_END = re.compile(r"""(?<!["'`])(?:%s|%s)""" % (_SPECIAL.pattern, _LINE_END.pattern))
_ANSI = re.compile(r"\x1b(?:[@-Z\\-_]|\[[0-?]*[ -/]*[@-~])")

#: Thoughts that may go on to the end of the answer, and those that only count where they end.
_THINKING = ("think", "thinking")
_NAMES = "|".join(_THINKING + ("thought", "thoughts", "reasoning", "reflection", "analysis", "scratchpad"))
_OPEN = re.compile(r"(?:^|(?<=>))[ \t]*+<(%s)>" % _NAMES, re.M)
_CLOSE = re.compile(r"""(?<!["'`])</(%s)>""" % _NAMES)


_ANY = re.compile("%s|%s|%s|</?(?:%s)>" % (re.escape(_FINAL), _SPECIAL.pattern, _LINE_END.pattern, _NAMES))


def parted(text, parser):
    """`(thoughts, answer)`: the answer without what is around it. A mark in a block that is closed and parses is the program's."""
    shields = _shields(text, parser) if _ANY.search(text) and ("```" in text or "~~~" in text) else []
    if not shields:
        return split_thinking(answer(text))
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    masks = {char: next(free) for char in "<["}
    parts, at = [], 0
    for start, end in shields:
        inside = text[start:end]
        for char, mask in masks.items():
            inside = inside.replace(char, mask)
        parts += [text[at:start], inside]
        at = end
    back = {ord(mask): char for char, mask in masks.items()}
    thoughts, said = split_thinking(answer("".join(parts) + text[at:]))
    return thoughts.translate(back), said.translate(back)


def _shields(text, parser):
    """Where blocks are that have a mark in them, are closed and parse."""
    lines = text.split("\n")
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    starts.append(at)
    found = []
    for block in blocks(lines, parser):
        if block.closed and any(_ANY.search(line) for line in block.lines) and whole(block.lines, parser) is not None:
            found.append((starts[block.start[0]] + block.start[1], starts[block.end[0]] + block.end[1]))
    return found


def newlines(text):
    """The text with the line ends of Unix."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def answer(text):
    """The answer between special tokens: without those it begins with, up to the first that ends it."""
    if "\x1b" in text:
        text = _ANSI.sub("", text)
    at = text.rfind(_FINAL)
    if at >= 0:
        text = text[at + len(_FINAL) :]
    text = _without_beginnings(text)
    end = _END.search(text)
    return (text[: end.start()] if end else text).rstrip()


def _without_beginnings(text):
    at = 0
    while True:
        start = at
        while start < len(text) and text[start].isspace():
            start += 1
        mark = next((mark for mark in _BEGINNINGS if text.startswith(mark, start)), None)
        if mark is not None:
            at = start + len(mark)
            continue
        special = _SPECIAL.match(text, start)
        if special is None:
            # Indentation may be the code's.
            while at < len(text) and text[at] == "\n":
                at += 1
            return text[at:]
        at = special.end()
        # The role that a header names; another's turn is no answer.
        if text.startswith("assistant", at):
            at += len("assistant")


def split_thinking(text):
    """Thoughts (`<think>` and the like at the beginning of a line), and the answer. A thought that never ends takes all the rest; one that
    only ends was begun by the prompt."""
    thoughts, parts, at = [], [], 0
    closings = list(_CLOSE.finditer(text))
    if closings and text.find("<%s>" % closings[0].group(1), 0, closings[0].start()) < 0:
        thoughts.append(text[: closings[0].start()].strip())
        at = closings[0].end()
    ends = {}
    for closing in closings:
        ends.setdefault(closing.group(1), []).append(closing)
    for opening in _OPEN.finditer(text, at):
        name, start = opening.group(1), opening.end() - len(opening.group(1)) - 2
        if start < at:
            continue
        own = ends.get(name, [])
        first = bisect_left(own, opening.end(), key=lambda closing: closing.start())
        if first == len(own) and name not in _THINKING:
            continue
        parts.append(text[at:start])
        at = own[first].end() if first < len(own) else len(text)
        thoughts.append(text[opening.end() : own[first].start() if first < len(own) else at].strip())
    parts.append(text[at:])
    return "\n\n".join(thoughts), "".join(parts)
