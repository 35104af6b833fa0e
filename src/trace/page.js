// The page around a `Player`. What a program said reaches the document as text nodes only.

const { title, recordings } = JSON.parse($("data").textContent);
let [recording, player, rows, unfolded, timer, pending] = [null, null, [], false, 0, 0];
let marked = [];

function showSource() {
  const failing = recording.end.row;
  rows = coloured(recording.source).map((line, index) => {
    const row = index + 1;
    const visits = player.visits.get(row)?.length ?? 0;
    const item = make("li", visits ? "visited" : "");
    const number = make("button", "row", String(row));
    number.type = "button";
    number.tabIndex = -1;
    number.ariaLabel = `Line ${row}, visited ${visits} times`;
    number.disabled = !visits;
    const count = visits < 10000 ? visits : `${Math.floor(visits / 1000)}k`;
    item.append(number, make("span", "visits", visits > 1 ? `${count}×` : ""));
    const code = make("code");
    code.append(line);
    item.append(code);
    if (recording.comments[index]) item.append(make("span", "comment", visible(recording.comments[index])));
    if (row === failing) {
      item.classList.add("failing");
      const cross = make("span", "failure", "✗");
      cross.role = "img";
      cross.title = cross.ariaLabel = "failed here";
      item.prepend(cross);
    }
    item.dataset.row = row;
    return item;
  });
  $("rows").replaceChildren(...rows);
}

function showEnd() {
  const { kind, text, row } = recording.end;
  $("end").className = kind;
  $("end").replaceChildren(visible(text));
  const step = player.events.findLastIndex((event) => event[KIND] === RAISE) + 1;
  if (kind === "raised" && step > 0) {
    const go = make("button", "", row ? `Go to line ${row}` : "Go there");
    go.type = "button";
    go.addEventListener("click", () => show(player.events.findLastIndex((e) => e[KIND] === RAISE && e[ROW] === row) + 1 || step));
    $("end").append(" ", go);
  }
}

function showFrames() {
  $("frames").replaceChildren(...frameBoxes(player, "h2", unfolded, () => { unfolded = true; showFrames(); }));
}

function mark(row, className) {
  const item = rows[row - 1];
  if (!item) return;
  item.classList.add(className);
  if (className === "current") item.setAttribute("aria-current", "step");
  marked.push([item, className]);
}

function showRow(event) {
  for (const [item, className] of marked) {
    item.classList.remove(className);
    item.removeAttribute("aria-current");
  }
  marked = [];
  if (!event) return;
  mark(event[ROW], "current");
  for (const frame of player.stack.slice(-CALLS, -1)) mark(player.rowOf(frame), "caller");
  const item = rows[event[ROW] - 1];
  const pane = $("code");
  if (!item) return;
  const [top, margin] = [item.offsetTop - pane.scrollTop, 2 * item.offsetHeight];
  if (top < margin || top + margin + item.offsetHeight > pane.clientHeight) {
    pane.scrollTop = item.offsetTop - pane.clientHeight / 2;
  }
}

function show(step) {
  player.seek(Math.max(1, step));
  const [now, total, event] = [player.count, player.events.length, player.event];
  const label = total ? `Step ${now} of ${total}` : "No steps";
  const what = event ? sentence(player, event) : "Nothing ran.";
  $("step").textContent = label;
  $("what").textContent = what;
  $("what").className = event && event[KIND] >= RAISE ? "raised" : "";
  $("slider").value = now;
  $("slider").setAttribute("aria-valuetext", label);
  for (const id of ["first", "previous"]) $(id).disabled = now <= 1;
  for (const id of ["next", "last"]) $(id).disabled = now >= total;
  if (now >= total) play(false);
  showRow(event);
  showFrames();
  // Neither the screen reader nor the history is told of every step of many.
  clearTimeout(pending);
  pending = setTimeout(() => {
    if (!timer) $("live").textContent = `${label}. ${what}`;
    remember();
  }, 200);
}

function remember() {
  const place = new URLSearchParams({ step: player.count });
  if (recordings.length > 1) place.set("trace", recordings.indexOf(recording) + 1);
  if ($("comments").checked) place.set("comments", 1);
  if (location.hash.slice(1) !== place.toString()) history.replaceState(null, "", `#${place}`);
}

function play(on) {
  clearInterval(timer);
  timer = 0;
  if (on && player.count >= player.events.length) show(1);
  if (on && player.events.length > 1) timer = setInterval(() => show(player.count + 1), Number($("speed").value));
  $("play").ariaLabel = timer ? "Pause" : "Play";
  document.body.classList.toggle("playing", Boolean(timer));
}

function choose(index) {
  if (recordings[index] === recording) return;
  play(false);
  recording = recordings[index];
  player = new Player(recording);
  marked = [];
  unfolded = false;
  $("trace").value = index;
  $("slider").max = Math.max(1, player.events.length);
  $("slider").disabled = $("play").disabled = player.events.length < 2;
  showSource();
  showEnd();
}

/** Shows what the address says. */
function follow() {
  const place = new URLSearchParams(location.hash.slice(1));
  const index = Math.trunc(place.get("trace")) - 1;
  choose(index in recordings ? index : 0);
  $("comments").checked = place.has("comments");
  document.body.classList.toggle("commented", place.has("comments"));
  show(Math.trunc(place.get("step")) || 1);
}

const KEYS = {
  ArrowLeft: (shift) => (shift ? player.beside(false) : player.count - 1),
  ArrowRight: (shift) => (shift ? player.beside(true) : player.count + 1),
  ArrowUp: () => player.visit(player.event?.[ROW], false),
  ArrowDown: () => player.visit(player.event?.[ROW], true),
  Home: () => 1,
  End: () => player.events.length,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("select")) return;
  if (event.key === " ") {
    if (event.target.closest("button, summary, input[type=checkbox]")) return;
    play(!timer);
  } else if (Object.hasOwn(KEYS, event.key) && event.target !== $("slider")) {
    play(false);
    show(KEYS[event.key](event.shiftKey));
  } else return;
  event.preventDefault();
});
for (const [id, key] of [["first", "Home"], ["previous", "ArrowLeft"], ["next", "ArrowRight"], ["last", "End"]]) {
  $(id).addEventListener("click", () => { play(false); show(KEYS[key](false)); });
}
$("play").addEventListener("click", () => play(!timer));
$("speed").addEventListener("change", () => { if (timer) play(true); });
$("slider").addEventListener("input", () => { play(false); show(Number($("slider").value)); });
$("comments").addEventListener("change", () => {
  document.body.classList.toggle("commented", $("comments").checked);
  remember();
});
$("trace").addEventListener("change", () => { choose(Number($("trace").value)); show(1); });
$("rows").addEventListener("click", (event) => {
  const row = Number(event.target.closest("li")?.dataset.row);
  // Who selects text to copy it wants to stay.
  if (!player.visits.has(row) || !getSelection().isCollapsed) return;
  play(false);
  show(player.visit(row, !event.shiftKey));
});
addEventListener("hashchange", follow);

document.title = $("title").textContent = visible(title);
$("trace").append(...recordings.map((one, index) => {
  const test = one.source.findLast((row) => row.trim()) ?? "";
  const option = make("option", "", `${index + 1}. ${short(visible(test.trim()), 80)}`);
  option.value = index;
  return option;
}));
$("chooser").hidden = recordings.length < 2;
follow();
