"""Fills the template with data, as the product does: `assemble.py DATA.json PAGE.html`."""

import hashlib
import pathlib
import re
import sys

PAGE = pathlib.Path(__file__).resolve().parents[2] / "src/report/page"
# What the product includes, in its order.
INCLUDED = re.findall(r'include_str!\("(.*?)"\)', (PAGE / "mod.rs").read_text())


def assemble(data):
    data = re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", data)
    style = "".join((PAGE / name).read_text() for name in INCLUDED if name.endswith(".css"))
    shared = [PAGE.parents[1] / f"trace/page_{name}.js" for name in ("player", "text", "state")]
    scripts = [*shared, *(PAGE / name for name in INCLUDED if name.endswith(".js"))]
    script = "".join(each.read_text() for each in scripts)
    nonce = hashlib.sha256(data.encode()).hexdigest()
    page = (PAGE / "report.html").read_text().replace("@STYLE@", style).replace("@SCRIPT@", script).replace("@NONCE@", nonce)
    return page.replace("@DATA@", data, 1)


if __name__ == "__main__":
    source, target = map(pathlib.Path, sys.argv[1:])
    target.write_text(assemble(source.read_text()))
