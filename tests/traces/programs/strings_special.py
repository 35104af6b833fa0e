# feature: strings with newlines, control characters, escapes, quotes, separators, lone surrogates
def show(text):
    return text


newline = show("a\nb\r\nc\tend")
control = show("\x00\x07\x1b[31mred\x1b[0m\x7f\x85")
separators = show("line\u2028para\u2029nbsp\u00a0zero\u200bbom\ufeff")
quotes = show("it's \"both\" `back` \\ slash")
tricky = show("x=1; y=2  # (3) z=4; __return__=5")
bidi = show("abc\u202edef\u2066")
lone = show("\ud800")
braces = show("{}%s$HOME")
emoji = show("🙂 é ñ 漢字 e\u0301")
raw = show(r"\d+\n")
data = show(b"\x00\xffab'\"")
key = {"a\nb": "c;d", "#": None}
assert len(newline) == 10
