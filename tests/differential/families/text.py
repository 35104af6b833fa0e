"""Text and bytes: methods, regular expressions, formatting and encodings, over every plane."""

from draw import Family
from script import namespace_of, observed
import values

STEPS = [
    "s.upper()", "s.lower()", "s.title()", "s.swapcase()", "s.capitalize()", "s.casefold()", "s[::-1]", "s[1:]", "s[:-1]", "s[::2]", "s + s", "s * 2", "s.strip()", "s.replace('a', 'bb')", "s.center(12, '*')", "s.zfill(8)", "s.ljust(6, '.')", "s.expandtabs()", "s.removeprefix('a')", "s.removesuffix('o')", "''.join(sorted(s))", "''.join(dict.fromkeys(s))", "s.translate(str.maketrans('abc', 'xyz'))", "re.sub('[aeiou]', '', s)",
    "re.sub('(.)', lambda m: m.group(1) * 2, s)", "' '.join(s.split())", "'-'.join(s)", "''.join(reversed(s))", "s.encode('utf-8', 'replace').decode('utf-8', 'replace')", "s.encode('latin-1', 'ignore').decode('latin-1')", "''.join(c for c in s if c.isalnum())", "f'{s:>10}'", "f'<{s}>'", "'%s|%r' % (s, s)", "s.encode('unicode_escape').decode()", "''.join(chr(ord(c) + 1) if ord(c) < 0x10ffff else c for c in s)", "s.partition('l')[2]", "__import__('unicodedata').normalize('NFD', s)", "__import__('textwrap').shorten(s, 8)", "__import__('string').capwords(s)",
]
ENDS = ["s", "s", "s", "len(s)", "list(s)", "s.split()", "s.split(',')", "s.splitlines()", "[ord(c) for c in s]", "Counter(s)", "{c: s.count(c) for c in s}", "s.isalpha()", "s.isdigit()", "s.isidentifier()", "s == s[::-1]", "s.find('l')", "s.encode('utf-8', 'surrogatepass')", "hash(s) == hash(s + '')", "re.findall(r'\\w+', s)", "sorted(set(s))", "re.split('[ ,]', s)", "max(s, default='')", "re.match(r'(\\w)(\\w)?', s)", "bool(re.fullmatch('[a-z ]*', s))", "s.encode('utf-16-le', 'surrogatepass').hex()", "ascii(s)", "s.rfind('o')", "[c.isupper() for c in s]", "set(s.lower()) & set('aeiou')", "[(k, len(list(g))) for k, g in itertools.groupby(s)]", "s.istitle(), s.isspace(), s.isnumeric()", "re.search('l+', s)", "json.dumps(s)", "s.rsplit(maxsplit=1)", "s.encode()", "int(s)", "float(s)", "tuple(s)", "bytes(s, 'ascii')", "s.rpartition(' ')", "s.index('l')", "__import__('unicodedata').category(s[0])", "__import__('hashlib').md5(s.encode()).hexdigest()", "__import__('zlib').crc32(s.encode())", "__import__('base64').b64encode(s.encode())"]


def transformed(draw):
    """A chain of string operations."""
    steps = draw.shuffled(STEPS)[: draw.between(0, 3)]
    reference = values.IMPORTS + "def f(s):\n%s    return %s\n" % ("".join("    s = %s\n" % step for step in steps), draw.one(ENDS))
    namespace = namespace_of(reference)
    exec(values.IMPORTS, namespace)
    scripts = [observed(draw, "f(%s)" % draw.one(values.STRINGS), namespace, draw.between(1, 2)) for _ in range(draw.between(3, 5))]
    return Family(reference, scripts)


FORMATS = ["{x:d}", "{x:5}", "{x:<5}|", "{x:^7}|", "{x:+}", "{x:05}", "{x:,}", "{x:.2f}", "{x:e}", "{x:g}", "{x:%}", "{x!r:>8}", "{x:x}", "{x:#b}", "{x:_}", "{x:c}", "{x}", "{x!s}", "{x:.3}", "{x:>{w}}", "{x:{w}.{p}f}", "{x=}", "{x:*^9}", "{x:n}", "{x:010.3f}", "{x: }", "{x:s}"]


def formatted(draw):
    form = draw.one(FORMATS)
    reference = "def f(x, w=8, p=2):\n    return f'%s'\n" % form
    others = [("format", "def f(x, w=8, p=2):\n    return '%s'.format(x=x, w=w, p=p)\n" % form.replace("{x=}", "x={x!r}")), ("other format", "def f(x, w=8, p=2):\n    return f'%s'\n" % draw.one(FORMATS))]
    pool = ["0", "7", "-42", "1234567", "3.14159", "-0.5", "1e20", "'text'", "True", "2.5", "97", "1j", "10**25", "float('inf')", "None", "'日本'", "[1]", "Decimal('1.25')", "datetime.date(2024, 1, 2)", "Fraction(1, 3)"]
    return Family(values.IMPORTS + reference, [["? f(%s)" % x] for x in draw.some(pool, 5)], [(label, values.IMPORTS + source) for label, source in others])


PATTERNS = ["[a-z]+", "(\\\\d+)-(\\\\d+)", "(?P<year>\\\\d{4})", "^\\\\s*(\\\\w+)", "(a|b)*c", "\\\\b\\\\w{3}\\\\b", "(?i)HELLO", "[^,]+", "(.)\\\\1", "x?", "\\\\.", "(?<=a)b", "a{2,3}", "[\\u00e0-\\u00ff]+", "(?s).+", "\\\\W", "(?m)^b"]
MATCHES = ["re.findall(p, s)", "[m.span() for m in re.finditer(p, s)]", "re.sub(p, '<>', s)", "re.split(p, s)", "re.search(p, s)", "re.match(p, s)", "re.fullmatch(p, s)", "re.subn(p, '', s)", "[m.groups() for m in re.finditer(p, s)]", "re.compile(p)", "re.finditer(p, s)", "re.compile(p).pattern", "re.search(p, s).group()", "[m.groupdict() for m in re.finditer(p, s)]", "bool(re.search(p, s))", "list(re.finditer(p, s))", "re.search(p, s) is not None", "re.escape(s)", "re.search(p, s).start()"]


def matched(draw):
    """Regular expressions, matches and patterns."""
    look = draw.one(MATCHES)
    reference = "import re\ndef f(p, s):\n    return %s\n" % look
    texts = ["'abc 12-34 de'", "'2024-01-02'", "'  hello aab ccd'", "'a,b,,c'", "'Hello HELLO'", "'aaab'", "'caf\\u00e9 \\u65e5'", "''", "'a\\nb\\nb'", "'aabbcc'"]
    scripts = []
    for _ in range(4):
        call = "f('%s', %s)" % (draw.one(PATTERNS), draw.one(texts))
        scripts.append(["? " + call] if "finditer(p, s)" not in look.replace("for m in re.finditer(p, s)", "") and look not in MATCHES[4:7] else ["m = " + call, draw.one(["? m is None", "? bool(m)", "? m.group()", "? m.span()", "? m.groups()", "? m[0]", "? m.re.pattern", "? m.string", "? m.end()", "? m.groupdict()", "? m.expand(r'[\\g<0>]')"])] if "finditer" not in look else ["? [m.group() for m in %s]" % call])
    return Family(reference, scripts, [("other", "import re\ndef f(p, s):\n    return %s\n" % draw.one(MATCHES))])


FAMILIES = [(8, transformed), (4, formatted), (6, matched)]
