"use strict";
// The state after any number of events. An event is `[kind, row, frame, parent, text, name, value, name, value, ...]`, where text,
// names and values are indices into `strings`; a name below 0 is the global `~name`, a value below 0 says that it is gone.

const [CALL, LINE, RETURN, YIELD, RAISE, THROUGH, UNWIND] = [0, 1, 2, 3, 4, 5, 6];
const [KIND, ROW, FRAME, PARENT, TEXT, CHANGES] = [0, 1, 2, 3, 4, 5];
const MODULE = 0;
/** Events between two states that are kept. */
const EVERY = 512;

/** How many of the sorted `numbers` are at most `limit`. */
function upTo(numbers, limit) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function push(lists, key, item) {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

class Player {
  constructor({ events, strings }) {
    this.events = events;
    this.strings = strings;
    this.names = new Map();
    this.byFrame = new Map();
    this.visits = new Map();
    events.forEach((event, index) => {
      const before = this.events[this.byFrame.get(event[FRAME])?.at(-1)];
      push(this.byFrame, event[FRAME], index);
      if (event[KIND] === CALL) this.names.set(event[FRAME], event[TEXT]);
      // What a line does after it raised, or was resumed, is no other visit.
      const goesOn = before?.[ROW] === event[ROW] &&
        (before[KIND] === RAISE || before[KIND] === THROUGH || (before[KIND] === YIELD && event[KIND] === LINE));
      if (event[KIND] !== UNWIND && !goesOn) push(this.visits, event[ROW], index);
    });
    this.kept = [{ count: 0, stack: [], left: -1, frames: new Map() }];
    this.restore(0);
  }

  get event() {
    return this.events[this.count - 1];
  }

  /** The state after `count` events. */
  seek(count) {
    const goal = Math.max(0, Math.min(count, this.events.length));
    if (goal === this.count) return;
    // Strictly before the goal: its own event says what changed.
    const nearest = Math.min(Math.max(0, Math.floor((goal - 1) / EVERY)), this.kept.length - 1);
    if (goal < this.count || nearest * EVERY > this.count) this.restore(nearest);
    while (this.count < goal) {
      this.apply(this.events[this.count]);
      if (this.count === this.kept.length * EVERY) this.kept.push(this.copy());
    }
  }

  copy() {
    const frames = new Map();
    for (const [frame, variables] of this.frames) frames.set(frame, new Map(variables));
    return { count: this.count, stack: [...this.stack], left: this.left, frames };
  }

  restore(index) {
    Object.assign(this, this.kept[index]);
    Object.assign(this, this.copy());
    this.changed = new Map();
  }

  apply(event) {
    if (this.left >= 0) this.leave(this.stack.lastIndexOf(this.left));
    this.left = -1;
    if (event[KIND] === CALL) {
      if (event[PARENT] >= 0) this.enter(event[PARENT]);
      this.stack.push(event[FRAME]);
    } else {
      this.enter(event[FRAME]);
    }
    this.changed = new Map();
    for (let at = CHANGES; at < event.length; at += 2) {
      const isGlobal = event[at] < 0;
      this.change(isGlobal ? MODULE : event[FRAME], isGlobal ? ~event[at] : event[at], event[at + 1]);
    }
    if (event[KIND] === RETURN || event[KIND] === YIELD || event[KIND] === UNWIND) this.left = event[FRAME];
    this.count += 1;
  }

  /** Makes a frame the innermost: whatever was inside is left, and a generator not on the stack is resumed. */
  enter(frame) {
    const at = this.stack.lastIndexOf(frame);
    if (at < 0) this.stack.push(frame);
    else while (this.stack.length > at + 1) this.leave(this.stack.length - 1);
  }

  leave(at) {
    const [frame] = this.stack.splice(at, 1);
    if (this.byFrame.get(frame)?.at(-1) < this.count) this.frames.delete(frame);
  }

  change(frame, name, value) {
    if (!this.frames.has(frame)) this.frames.set(frame, new Map());
    const variables = this.frames.get(frame);
    if (!this.changed.has(frame)) this.changed.set(frame, new Map());
    this.changed.get(frame).set(name, variables.get(name));
    if (value < 0) variables.delete(name);
    else variables.set(name, value);
  }

  frameName(frame) {
    if (this.names.has(frame)) return this.strings[this.names.get(frame)];
    return frame === MODULE ? "<module>" : `frame ${frame}`;
  }

  /** The exception that the step's frame is left by. */
  error() {
    const steps = this.byFrame.get(this.event[FRAME]);
    const text = this.events[steps[upTo(steps, this.count - 1) - 2]]?.[TEXT] ?? -1;
    return text < 0 ? "an exception" : this.strings[text];
  }

  /** The row a frame is at. A line is reported when it has run: a caller is where it reports next. */
  rowOf(frame) {
    const steps = this.byFrame.get(frame) ?? [];
    const at = upTo(steps, this.count - 1);
    const step = frame === this.event?.[FRAME] ? this.count - 1 : steps[at] ?? steps[at - 1];
    return this.events[step]?.[ROW];
  }

  /** The step of a row's next or previous visit; round the end. */
  visit(row, forward) {
    const visits = this.visits.get(row);
    if (!visits) return this.count;
    const now = this.count - 1;
    if (forward) return visits[upTo(visits, now) % visits.length] + 1;
    return visits[(upTo(visits, now - 1) + visits.length - 1) % visits.length] + 1;
  }

  /** The next or previous step of the same call; at its end the next or previous of any. */
  beside(forward) {
    const steps = this.byFrame.get(this.event?.[FRAME]) ?? [];
    const at = upTo(steps, this.count - 1) - 1 + (forward ? 1 : -1);
    return at in steps ? steps[at] + 1 : this.count + (forward ? 1 : -1);
  }
}
