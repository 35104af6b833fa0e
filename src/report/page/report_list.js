// The list of tasks. Only the rows in view, and some around them, are in the document.

/** Rows beyond each end of the view, and rows that a page is printed with. */
const [BEYOND, PRINTED] = [12, 2000];

class TaskList {
  constructor(box, address, names) {
    Object.assign(this, { box, address, names });
    this.list = box.querySelector("ul");
    this.entries = [];
    this.shown = new Map();
    this.cursor = 0;
    this.printing = false;
    box.addEventListener("scroll", () => this.render(), { passive: true });
    new ResizeObserver(() => { this.rowHeight = 0; this.render(); }).observe(box);
    box.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("focusin", (event) => this.point(Number(event.target.closest("li").dataset.index)));
    addEventListener("beforeprint", () => { this.printing = true; this.render(); });
    addEventListener("afterprint", () => { this.printing = false; this.render(); });
  }

  show(entries, columns, choice) {
    Object.assign(this, { entries, columns, choice });
    this.forget();
    this.cursor = 0;
    this.box.scrollTop = 0;
    this.render();
  }

  forget() {
    for (const item of this.shown.values()) item.remove();
    this.shown.clear();
  }

  /** Marks the task that is open, and brings it into view. */
  mark(choice) {
    this.choice = choice;
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const index = this.entries.findIndex(({ key }) => key === choice.task);
    if (index < 0) return;
    this.point(index);
    this.reveal();
    this.shown.get(index)?.firstChild.setAttribute("aria-current", "page");
  }

  get height() {
    return this.rowHeight || 52;
  }

  measure() {
    const [first] = this.list.children;
    if (!first || this.rowHeight) return;
    this.rowHeight = first.getBoundingClientRect().height;
    this.box.parentElement.style.setProperty("--gutter", `${this.box.offsetWidth - this.box.clientWidth}px`);
  }

  window() {
    if (this.printing) return [0, Math.min(PRINTED, this.entries.length)];
    const from = Math.max(0, Math.floor(this.box.scrollTop / this.height) - BEYOND);
    return [from, Math.min(this.entries.length, from + Math.ceil(this.box.clientHeight / this.height) + 2 * BEYOND)];
  }

  render() {
    const [from, to] = this.window();
    for (const [index, item] of this.shown) {
      if (index >= from && index < to) continue;
      item.remove();
      this.shown.delete(index);
    }
    let next = this.list.firstChild;
    for (let index = from; index < to; index += 1) {
      if (this.shown.has(index)) {
        next = this.shown.get(index).nextSibling;
        continue;
      }
      const item = this.row(index);
      this.shown.set(index, item);
      this.list.insertBefore(item, next);
    }
    this.measure();
    this.list.style.paddingTop = `${from * this.height}px`;
    this.list.style.paddingBottom = `${(this.entries.length - Math.max(from, to)) * this.height}px`;
    // Whoever comes by Tab must find a row.
    if (!this.shown.has(this.cursor) && this.shown.size) this.point(Math.min(to - 1, from + BEYOND));
  }

  row(index) {
    const entry = this.entries[index];
    const link = make("a", "", make("span", "id", entry.name), make("span", "line", entry.line));
    link.href = this.address(entry);
    link.dataset.task = entry.key;
    link.tabIndex = index === this.cursor ? 0 : -1;
    link.title = entry.name;
    const counts = this.columns.map((set) => this.result(entry, set));
    const change = flipOf(entry, this.choice.from, this.choice.to);
    if (change) link.firstChild.append(make("span", `flip ${change}`, change === "gained" ? "+ gained" : "− lost"));
    link.append(make("span", "counts", ...counts));
    if (entry.key === this.choice.task) link.setAttribute("aria-current", "page");
    const item = make("li", "", link);
    item.dataset.index = index;
    item.setAttribute("aria-setsize", this.entries.length);
    item.setAttribute("aria-posinset", index + 1);
    return item;
  }

  result({ results }, set) {
    const result = results[set];
    const cell = make("span", "count");
    if (!result?.count) {
      cell.append("–", make("span", "unseen", ` no samples in ${this.names[set]}`));
      return cell;
    }
    cell.classList.add(result.outcome);
    cell.style.setProperty("--rate", `${100 * result.rate}%`);
    cell.append(`${result.passes}/${result.count}`, make("span", "unseen", ` pass in ${this.names[set]}`));
    return cell;
  }

  point(index) {
    const link = (at) => this.shown.get(at)?.firstChild;
    if (link(this.cursor)) link(this.cursor).tabIndex = -1;
    this.cursor = index;
    if (link(index)) link(index).tabIndex = 0;
  }

  reveal() {
    const [top, view] = [this.cursor * this.height, this.box.clientHeight];
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (view && top + this.height > this.box.scrollTop + view) this.box.scrollTop = top + this.height - view;
    this.render();
  }

  focus(index = this.cursor) {
    if (!this.entries.length) return;
    this.point(Math.max(0, Math.min(index, this.entries.length - 1)));
    this.reveal();
    this.shown.get(this.cursor)?.firstChild.focus({ preventScroll: true });
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.height) - 1);
    const goals = {
      ArrowDown: this.cursor + 1, ArrowUp: this.cursor - 1, PageDown: this.cursor + page, PageUp: this.cursor - page,
      Home: 0, End: this.entries.length - 1,
    };
    if (!Object.hasOwn(goals, event.key)) return;
    event.preventDefault();
    this.focus(goals[event.key]);
  }
}
