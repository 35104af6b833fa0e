// The state at a step of a trace, in words and as the calls with their variables.

/** Calls shown before the rest is folded, variables of one call, and calls unfolded. */
const [CALLS, VARIABLES, UNFOLDED] = [12, 200, 200];

const valueText = (player, index) => clipped(player.strings[index], TEXT_LIMIT);

/** How a call ended or went on at this step: a class, a verb and what it gave. */
function outcomeOf(player, event) {
  const text = () => valueText(player, event[TEXT]);
  switch (event[KIND]) {
    case RETURN: return ["returned", "returns", text()];
    case YIELD: return ["returned", "yields", text()];
    case RAISE: return ["raised", "raises", text()];
    case THROUGH: return ["raised", "receives", text()];
    case UNWIND: return ["raised", "is left by", visible(player.error())];
    default: return null;
  }
}

/** What the step did, in words. */
function sentence(player, event) {
  const { [KIND]: kind, [ROW]: row, [FRAME]: frame } = event;
  const name = visible(player.frameName(frame));
  const changes = [...player.changed].flatMap(([scope, names]) => [...names.keys()].map((key) => {
    const value = player.frames.get(scope).get(key);
    return `${valueText(player, key)} ${value === undefined ? "is gone" : `= ${short(valueText(player, value), 60)}`}`;
  }));
  const news = changes.length ? `: ${short(changes.join(", "), 160)}` : "";
  if (kind === CALL) return `${name} is called${news}`;
  if (kind === LINE) return `Line ${row} ran${news}`;
  const [, verb, text] = outcomeOf(player, event);
  return `${kind === RAISE || kind === THROUGH ? `Line ${row}` : name} ${verb} ${short(text, 160)}${news}`;
}

function variableRow(player, key, value, changes) {
  const name = make("th", "", valueText(player, key));
  name.classList.toggle("long", name.textContent.length > 20);
  name.scope = "row";
  const cell = make("td", "", value === undefined ? make("em", "", "gone") : make("code", "", valueText(player, value)));
  const old = changes?.get(key);
  if (old !== undefined && player.strings[old].length <= 60) cell.append(make("small", "", ` was ${valueText(player, old)}`));
  return make("tr", changes?.has(key) ? "changed" : "", name, cell);
}

function frameBox(player, frame, innermost, level) {
  const row = player.rowOf(frame);
  const heading = make(level, "", make("code", "", visible(player.frameName(frame))), row ? make("span", "", ` line ${row}`) : null);
  const section = make("section", innermost ? "frame innermost" : "frame", heading);
  const changes = player.changed.get(frame);
  const variables = player.frames.get(frame) ?? new Map();
  const gone = changes ? [...changes.keys()].filter((key) => !variables.has(key)) : [];
  const ended = innermost ? outcomeOf(player, player.event) : null;
  const table = make("table");
  table.append(...[...variables].slice(0, VARIABLES).map(([key, value]) => variableRow(player, key, value, changes)));
  table.append(...gone.map((key) => variableRow(player, key, undefined, changes)));
  if (table.rows.length) section.append(table);
  else if (!ended) section.append(make("p", "dim", "no variables yet"));
  if (variables.size > VARIABLES) section.append(make("p", "dim", `and ${variables.size - VARIABLES} more`));
  if (ended) section.append(make("p", ended[0], `${ended[1]} `, make("code", "", ended[2])));
  return section;
}

/** The calls, innermost first; of a deep recursion both ends, unless `unfolded`. Their headings are of the given level. */
function frameBoxes(player, level, unfolded, unfold) {
  const calls = player.count ? [...player.stack].reverse() : [];
  const limit = unfolded ? UNFOLDED : CALLS;
  const isFolded = calls.length > limit;
  const shown = (isFolded ? calls.slice(0, limit - 2) : calls).map((frame, index) => frameBox(player, frame, index === 0, level));
  if (isFolded) {
    const text = `… ${calls.length - limit} calls between …`;
    shown.push(unfolded ? make("p", "more", text) : button("more", text, unfold));
    shown.push(...calls.slice(-2).map((frame) => frameBox(player, frame, false, level)));
  }
  return shown;
}
