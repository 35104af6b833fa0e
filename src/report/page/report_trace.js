// Steps through a recording, inside the task that it is of. `page.js` is its like for a page of recordings alone.

const SPEEDS = [["slow", 1000], ["normal", 400], ["fast", 80], ["fastest", 20]];
const SIGNS = {
  first: "M3 2h2v12H3zM13 2v12L5.5 8z", previous: "M11.5 2v12L4 8z", next: "M4.5 2v12L12 8z", last: "M11 2h2v12h-2zM3 2v12l7.5-6z",
  play: "M4 2l9.5 6L4 14z", pause: "M3.5 2h3v12h-3zM9.5 2h3v12h-3z",
};
const SPOKEN_AFTER = 250;

class TraceView {
  /** `seen` is told of the step that is shown, when it has been for a while. */
  constructor(recording, seen) {
    this.player = new Player(recording);
    this.recording = recording;
    this.seen = seen;
    this.marked = [];
    this.unfolded = false;
    this.timer = 0;
    this.keys = {
      ArrowLeft: (shift) => (shift ? this.player.beside(false) : this.player.count - 1),
      ArrowRight: (shift) => (shift ? this.player.beside(true) : this.player.count + 1),
      ArrowUp: () => this.player.visit(this.player.event?.[ROW], false),
      ArrowDown: () => this.player.visit(this.player.event?.[ROW], true),
      Home: () => 1,
      End: () => this.player.events.length,
    };
    this.build();
  }

  build() {
    this.what = make("p", "what");
    this.frames = make("div", "frames");
    this.step = make("p", "step");
    this.source = make("ol", "source");
    this.code = scroller("Source, step by step", "code steps", this.source);
    this.state = scroller("Variables", "state", this.what, this.frames);
    this.element = make("div", "trace", this.end(), this.controls(), make("div", "panes", this.code, this.state));
    this.element.role = "group";
    this.element.ariaLabel = "Trace";
    this.rows = coloured(this.recording.source).map((line, index) => this.sourceRow(line, index));
    // Of a long source only what is in view is laid out: its width must not wait for that.
    this.source.classList.toggle("long", this.rows.length > ROW_LIMIT);
    this.source.style.setProperty("--longest", this.recording.source.reduce((most, { length }) => Math.min(LINE_LIMIT, Math.max(most, length)), 0));
    for (const row of this.rows) this.source.append(row);
    this.element.style.setProperty("--rows", this.rows.length);
    this.source.addEventListener("click", (event) => this.clickRow(event));
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  controls() {
    const act = (key) => () => this.go(this.keys[key](false));
    const sign = (name) => {
      const drawing = $("sign").content.firstElementChild.cloneNode(true);
      drawing.firstElementChild.setAttribute("d", SIGNS[name]);
      drawing.setAttribute("class", name);
      return drawing;
    };
    this.buttons = Object.fromEntries([
      ["first", "First step", "Home"], ["previous", "Previous step", "ArrowLeft"], ["play", "Play"],
      ["next", "Next step", "ArrowRight"], ["last", "Last step", "End"],
    ].map(([name, label, key]) => {
      const element = button(name, "", key ? act(key) : () => this.play(!this.timer));
      element.append(sign(name));
      if (!key) element.append(sign("pause"));
      element.ariaLabel = element.title = label;
      return [name, element];
    }));
    this.slider = make("input");
    Object.assign(this.slider, { type: "range", min: 1, max: Math.max(1, this.player.events.length), ariaLabel: "Step" });
    this.slider.disabled = this.buttons.play.disabled = this.player.events.length < 2;
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.speed = make("select", "", ...SPEEDS.map(([text, value]) => Object.assign(make("option", "", text), { value })));
    this.speed.value = SPEEDS[1][1];
    this.speed.addEventListener("change", () => { if (this.timer) this.play(true); });
    const comments = Object.assign(make("input"), { type: "checkbox" });
    comments.addEventListener("change", () => this.element.classList.toggle("commented", comments.checked));
    const label = make("label", "", comments, " Comments");
    label.title = "What a repair model is shown: each line's states, numbered in the order of execution";
    return make("div", "controls", make("div", "buttons", ...Object.values(this.buttons)), this.slider, this.step,
      make("label", "", "Speed ", this.speed), label);
  }

  sourceRow(line, index) {
    const row = index + 1;
    const visits = this.player.visits.get(row)?.length ?? 0;
    const times = visits < 10000 ? visits : `${Math.floor(visits / 1000)}k`;
    const item = make("li", visits ? "visited" : "", make("span", "visits", visits > 1 ? `${times}×` : ""), make("code", "", line));
    item.dataset.row = row;
    const comment = this.recording.comments[index];
    if (comment) item.append(make("span", "comment", clipped(comment, LINE_LIMIT)));
    if (row === this.recording.end.row) {
      item.classList.add("failing");
      const cross = make("span", "failure", "✗");
      cross.role = "img";
      cross.title = cross.ariaLabel = "failed here";
      item.prepend(cross);
    }
    return item;
  }

  end() {
    const { kind, text, row } = this.recording.end;
    const shown = make("p", `end ${kind}`, clipped(text, TEXT_LIMIT));
    const step = this.player.events.findLastIndex((event) => event[KIND] === RAISE) + 1;
    if (kind === "raised" && step > 0) {
      const there = this.player.events.findLastIndex((event) => event[KIND] === RAISE && event[ROW] === row) + 1 || step;
      shown.append(" ", button("link", row ? `Go to line ${row}` : "Go there", () => this.go(there)));
    }
    return shown;
  }

  show(step) {
    const { player } = this;
    player.seek(Math.max(1, step));
    const [now, total, event] = [player.count, player.events.length, player.event];
    const label = total ? `Step ${whole(now)} of ${whole(total)}` : "No steps";
    const what = event ? sentence(player, event) : "Nothing ran.";
    this.step.textContent = label;
    this.what.textContent = what;
    this.what.classList.toggle("raised", Boolean(event && event[KIND] >= RAISE));
    this.slider.value = now;
    this.slider.setAttribute("aria-valuetext", label);
    this.buttons.first.disabled = this.buttons.previous.disabled = now <= 1;
    this.buttons.next.disabled = this.buttons.last.disabled = now >= total;
    if (now >= total) this.play(false);
    this.showFrames();
    this.showRow(event);
    // Neither the screen reader nor the address is told of every step of many.
    clearTimeout(this.pending);
    this.pending = setTimeout(() => { if (!this.timer) this.seen(now, `${label}. ${what}`); }, SPOKEN_AFTER);
  }

  showFrames() {
    this.frames.replaceChildren(...frameBoxes(this.player, "h4", this.unfolded, () => { this.unfolded = true; this.showFrames(); }));
  }

  showRow(event) {
    for (const [item, className] of this.marked) {
      item.classList.remove(className);
      item.removeAttribute("aria-current");
    }
    this.marked = [];
    if (!event) return;
    this.markRow(event[ROW], "current");
    for (const frame of this.player.stack.slice(-CALLS, -1)) this.markRow(this.player.rowOf(frame), "caller");
    const item = this.rows[event[ROW] - 1];
    if (!item) return;
    const [top, margin] = [item.offsetTop - this.code.scrollTop, 2 * item.offsetHeight];
    if (top < margin || top + margin + item.offsetHeight > this.code.clientHeight) {
      this.code.scrollTop = item.offsetTop - this.code.clientHeight / 2;
    }
  }

  markRow(row, className) {
    const item = this.rows[row - 1];
    if (!item) return;
    item.classList.add(className);
    if (className === "current") item.setAttribute("aria-current", "step");
    this.marked.push([item, className]);
  }

  go(step) {
    this.play(false);
    this.show(step);
  }

  play(on) {
    clearInterval(this.timer);
    this.timer = 0;
    const { player } = this;
    if (on && player.count >= player.events.length) this.show(1);
    if (on && player.events.length > 1) this.timer = setInterval(() => this.show(player.count + 1), Number(this.speed.value));
    this.buttons.play.ariaLabel = this.buttons.play.title = this.timer ? "Pause" : "Play";
    this.element.classList.toggle("playing", Boolean(this.timer));
  }

  stop() {
    this.play(false);
    clearTimeout(this.pending);
  }

  clickRow(event) {
    const row = Number(event.target.closest("li")?.dataset.row);
    // Who selects text to copy it wants to stay.
    if (this.player.visits.has(row) && getSelection().isCollapsed) this.go(this.player.visit(row, !event.shiftKey));
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target === this.speed) return;
    if (event.key === " ") {
      if (event.target.closest("button, input[type=checkbox]")) return;
      this.play(!this.timer);
    } else if (Object.hasOwn(this.keys, event.key) && event.target !== this.slider) {
      this.go(this.keys[event.key](event.shiftKey));
    } else return;
    event.preventDefault();
  }
}
