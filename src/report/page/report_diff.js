// Differences of two sequences (E. W. Myers, 1986), of lines and of the words in a changed line.

/** Edits after which a difference counts as total; two programs of 2,000 lines stay below. */
const EDITS = 4096;
/** Lines that are alike enough to be one line changed, by their share of common words. */
const ALIKE = 0.4;
/** Products of line counts up to which a change's lines are paired by likeness, and words of a line that are compared. */
const [PAIRS, WORDS] = [2500, 1200];

/** What of two lists is in both: numbers that are the same for the same items, and where they are; all else is marked. */
function common(before, after, start, [endA, endB], marks) {
  const numbers = new Map();
  const [inA, inB] = [new Set(before.slice(start, endA)), new Set(after.slice(start, endB))];
  return [[before, endA, inB], [after, endB, inA]].map(([list, end, other], side) => {
    const [items, places] = [[], []];
    for (let index = start; index < end; index += 1) {
      if (!other.has(list[index])) {
        marks[side][index] = 1;
        continue;
      }
      if (!numbers.has(list[index])) numbers.set(list[index], numbers.size);
      items.push(numbers.get(list[index]));
      places.push(index);
    }
    return { items: Int32Array.from(items), places };
  });
}

/** Marks what is to be removed from `a` and added from `b` for the one to become the other. */
function markEdits(a, b, marks) {
  const [n, m] = [a.items.length, b.items.length];
  const limit = Math.min(n + m, EDITS);
  const furthest = new Int32Array(2 * limit + 3);
  const middle = limit + 1;
  const history = [];
  for (let edits = 0; edits <= limit; edits += 1) {
    history.push(furthest.slice(middle - edits - 1, middle + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const left = furthest[middle + k - 1];
      const right = furthest[middle + k + 1];
      let x = k === -edits || (k !== edits && left < right) ? right : left + 1;
      while (x < n && x - k < m && a.items[x] === b.items[x - k]) x += 1;
      furthest[middle + k] = x;
      if (x >= n && x - k >= m) return walkBack(a, b, marks, history);
    }
  }
  for (const [side, { places }] of [a, b].entries()) for (const index of places) marks[side][index] = 1;
}

/** From the end to the start, through the states before each edit; one reaches from `-edits - 1` to `edits + 1`. */
function walkBack(a, b, [lost, gained], history) {
  let [x, y] = [a.items.length, b.items.length];
  for (let edits = history.length - 1; edits > 0; edits -= 1) {
    const k = x - y;
    const [left, right] = [history[edits][k + edits], history[edits][k + edits + 2]];
    const isAdded = k === -edits || (k !== edits && left < right);
    x = isAdded ? right : left;
    y = x - (isAdded ? k + 1 : k - 1);
    if (isAdded) gained[b.places[y]] = 1;
    else lost[a.places[x]] = 1;
  }
}

/** Where two lists differ: `[from, to, from, to]` in the one and the other, in order; all else is the same. */
function differences(before, after) {
  const marks = [new Uint8Array(before.length), new Uint8Array(after.length)];
  let [start, endA, endB] = [0, before.length, after.length];
  while (start < endA && start < endB && before[start] === after[start]) start += 1;
  while (endA > start && endB > start && before[endA - 1] === after[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  markEdits(...common(before, after, start, [endA, endB], marks), marks);
  const [lost, gained] = marks;
  const blocks = [];
  for (let i = 0, j = 0; i < before.length || j < after.length; i += 1, j += 1) {
    const [a, b] = [i, j];
    while (lost[i]) i += 1;
    while (gained[j]) j += 1;
    if (i > a || j > b) blocks.push([a, i, b, j]);
  }
  return blocks;
}

const wordsOf = (line) => line.match(/[\p{L}\p{N}_]+|\s+|[^]/gu) ?? [];

/** How much of two lines' words is common, from 0 to 1. */
function likeness(one, other) {
  const counts = new Map();
  let [common, all] = [0, 0];
  for (const word of one) if (word.trim()) { counts.set(word, (counts.get(word) ?? 0) + 1); all += 1; }
  for (const word of other) {
    if (!word.trim()) continue;
    all += 1;
    const left = counts.get(word) ?? 0;
    if (left > 0) { common += 1; counts.set(word, left - 1); }
  }
  return all ? (2 * common) / all : 0;
}

/** Which removed line became which added one, in order: `[index, index]` of those that are alike. */
function pairsOf(removed, added) {
  const [n, m] = [removed.length, added.length];
  const [one, other] = [removed, added].map((lines) => lines.map((line) => wordsOf(line.slice(0, LINE_LIMIT)).slice(0, WORDS)));
  const alike = (i, j) => { const value = likeness(one[i], other[j]); return value >= ALIKE ? value : 0; };
  if (n * m > PAIRS) {
    return Array.from({ length: Math.min(n, m) }, (_, i) => [i, i]).filter(([i]) => alike(i, i));
  }
  const values = Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => alike(i, j)));
  const best = Array.from({ length: n + 1 }, () => new Float64Array(m + 1));
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let j = m - 1; j >= 0; j -= 1) {
      const both = values[i][j] ? values[i][j] + best[i + 1][j + 1] : 0;
      best[i][j] = Math.max(both, best[i + 1][j], best[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < n && j < m;) {
    if (values[i][j] && best[i][j] === values[i][j] + best[i + 1][j + 1]) {
      pairs.push([i, j]);
      [i, j] = [i + 1, j + 1];
    } else if (best[i][j] === best[i + 1][j]) i += 1;
    else j += 1;
  }
  return pairs;
}

/** The pieces of two lines as `[text, whether it differs]`. */
function pieces(one, other) {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length > WORDS || b.length > WORDS) return [[[one, false]], [[other, false]]];
  const split = (words, blocks, from, to) => {
    const out = [];
    let done = 0;
    const add = (end, differs) => { if (end > done) out.push([words.slice(done, end).join(""), differs]); done = Math.max(done, end); };
    for (const block of blocks) {
      add(block[from], false);
      add(block[to], true);
    }
    add(words.length, false);
    return out;
  };
  const blocks = differences(a, b);
  return [split(a, blocks, 0, 1), split(b, blocks, 2, 3)];
}
