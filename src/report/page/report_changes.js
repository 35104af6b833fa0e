// Shows a difference of two programs: in one column or two, unchanged stretches folded.

/** Unchanged lines shown around a change. */
const AROUND = 3;

/**
 * Rows of `{before, after}`, each a line `{number, parts}` or nothing. A change's lines are beside each other if alike, and `same`
 * says that a row is no change.
 */
function rowsOf(before, after) {
  const rows = [];
  const line = (lines, index, parts) => ({ number: index + 1, parts: parts ?? [[lines[index], false]] });
  const same = (from, to, shift) => {
    for (let i = from; i < to; i += 1) rows.push({ same: true, before: line(before, i), after: line(after, i + shift) });
  };
  let [at, shift] = [0, 0];
  for (const [a, aEnd, b, bEnd] of differences(before, after)) {
    same(at, a, shift);
    let [i, j] = [a, b];
    const single = (iEnd, jEnd) => {
      for (; i < iEnd; i += 1) rows.push({ before: line(before, i) });
      for (; j < jEnd; j += 1) rows.push({ after: line(after, j) });
    };
    for (const [p, q] of pairsOf(before.slice(a, aEnd), after.slice(b, bEnd))) {
      single(a + p, b + q);
      const [old, now] = pieces(before[i], after[j]);
      rows.push({ before: line(before, i, old), after: line(after, j, now) });
      [i, j] = [i + 1, j + 1];
    }
    single(aEnd, bEnd);
    [at, shift] = [aEnd, bEnd - aEnd];
  }
  same(at, before.length, shift);
  return rows;
}

/** In one column what was removed stands before what was added; in two, both beside each other. */
function inColumns(rows, two) {
  const out = [];
  for (let at = 0; at < rows.length;) {
    let end = at;
    while (end < rows.length && Boolean(rows[end].same) === Boolean(rows[at].same)) end += 1;
    const part = rows.slice(at, end);
    if (rows[at].same) {
      out.push(...part);
    } else if (two) {
      const [old, now] = [part.filter((row) => !row.after), part.filter((row) => !row.before)];
      // Lines without a partner share rows only when nothing pairs them: else their order would be lost.
      if (old.length + now.length === part.length) {
        for (let i = 0; i < Math.max(old.length, now.length); i += 1) out.push({ before: old[i]?.before, after: now[i]?.after });
      } else out.push(...part);
    } else {
      out.push(...part.filter((row) => row.before).map(({ before }) => ({ before })));
      out.push(...part.filter((row) => row.after).map(({ after }) => ({ after })));
    }
    at = end;
  }
  return out;
}

/** The rows with `{fold}` for stretches that are far from any change. */
function folded(rows) {
  const out = [];
  for (let at = 0; at < rows.length;) {
    let end = at;
    while (end < rows.length && rows[end].same) end += 1;
    const [head, tail] = [at === 0 ? 0 : AROUND, end === rows.length ? 0 : AROUND];
    if (end - at > head + tail + 1) {
      out.push(...rows.slice(at, at + head), { fold: rows.slice(at + head, end - tail) }, ...rows.slice(end - tail, end));
    } else out.push(...rows.slice(at, end));
    if (end < rows.length) out.push(rows[end]);
    at = end + 1;
  }
  return out;
}

function codeCell(line, kind) {
  const cell = make("td", `code ${kind}`);
  if (!line) return cell;
  const code = make("code");
  let room = LINE_LIMIT;
  for (const [text, differs] of line.parts) {
    if (room <= 0) break;
    const shown = visible(text.slice(0, room));
    code.append(differs ? make(kind === "removed" ? "del" : "ins", "", shown) : shown);
    room -= text.length;
  }
  const all = line.parts.reduce((sum, [text]) => sum + text.length, 0);
  if (all > LINE_LIMIT) code.append(make("em", "cut", ` … ${whole(all)} characters in all`));
  cell.append(code);
  return cell;
}

const numberCell = (line) => make("td", "number", line ? String(line.number) : "");

function sign(kind) {
  const [text, word] = { removed: ["−", "removed"], added: ["+", "added"], same: ["", ""] }[kind];
  const cell = make("td", `sign ${kind}`, text);
  if (word) cell.ariaLabel = word;
  return cell;
}

function row({ before, after, same }, two) {
  const kind = same ? "same" : before ? "removed" : "added";
  if (!two) return make("tr", kind, numberCell(before), numberCell(after), sign(kind), codeCell(before ?? after, kind));
  const side = (line, changed) => {
    const is = line ? (same ? "same" : changed) : "absent";
    return [numberCell(line), sign(line && !same ? changed : "same"), codeCell(line, is)];
  };
  return make("tr", "", ...side(before, "removed"), ...side(after, "added"));
}

function foldRow(fold, two) {
  const cell = make("td", "fold");
  cell.colSpan = two ? 6 : 4;
  const line = make("tr", "", cell);
  cell.append(button("more", `${count(fold.length, "unchanged line")}`, () => {
    const rows = fold.map((one) => row(one, two));
    line.replaceWith(...rows);
    rows[0].closest(".scroller").focus();
  }));
  return line;
}

/** The table of a difference, and a line that says how large it is. */
function showChanges(before, after, two, label) {
  const [a, b] = [linesOf(before), linesOf(after)];
  const rows = rowsOf(a, b);
  const [removed, added] = ["before", "after"].map((side) => rows.filter((one) => !one.same && one[side]).length);
  if (!removed && !added) return [make("p", "dim", "No line differs from the program.")];
  const body = make("tbody");
  inPortions(body, folded(inColumns(rows, two)), (one) => (one.fold ? foldRow(one.fold, two) : row(one, two)), (element) => {
    const cell = make("td", "fold", element);
    cell.colSpan = two ? 6 : 4;
    return make("tr", "", cell);
  });
  const table = make("table", two ? "diff two" : "diff", body);
  return [make("p", "dim", `${count(removed, "line")} removed, ${whole(added)} added`), scroller(label, "code", table)];
}
