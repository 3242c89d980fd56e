/** The hand on the map: click or drag to set the start, arrow keys to move it, and the ways to zoom and pan. */

const CLICK = 4;

export class Pointer {
  #map;
  #handle;
  #view;
  #ground;
  #acts;
  #drag = null;
  #frame = null;
  /** Whether a plain drag moves the ground instead of the start. */
  panning = false;

  /**
   * @param {{start: Function, nudge: Function, settle: Function, hover: Function}} acts
   *   `start(point, {live, click})`: the start is to be here; `nudge([right, up], times)`: it is to move a little;
   *   `settle()`: it has come to rest; `hover([x, y])`: the pointer is over this pixel, or null: over none.
   */
  constructor(map, handle, view, ground, acts) {
    this.#map = map;
    this.#view = view;
    this.#ground = ground;
    this.#acts = acts;
    map.addEventListener("pointerdown", this.#down);
    map.addEventListener("pointermove", this.#move);
    map.addEventListener("pointerup", this.#up);
    map.addEventListener("pointercancel", this.#cancel);
    map.addEventListener("pointerleave", () => acts.hover(null));
    map.addEventListener("wheel", this.#wheel, { passive: false });
    this.grip(handle);
  }

  /** Take hold of another handle: clicks, drags and arrow keys are its from now on. */
  grip(handle) {
    this.#handle = handle;
    handle.addEventListener("keydown", this.#key);
    handle.addEventListener("keyup", this.#keyUp);
  }

  /** Turn moving the ground on or off; says which it is now. */
  switchPan() {
    this.panning = !this.panning;
    this.#map.toggleAttribute("data-panning", this.panning);
    return this.panning;
  }

  get dragging() {
    return this.#drag !== null && this.#drag.kind === "start" && this.#drag.far;
  }

  #at(event) {
    const box = this.#map.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #down = (event) => {
    if ((event.button !== 0 && event.button !== 1) || event.target.closest(".tools") !== null) return;
    const point = this.#at(event);
    const onHandle = event.target === this.#handle;
    if (!this.#view.holds(...point) && !onHandle) return;
    const pan = !onHandle && (this.panning || event.shiftKey || event.button === 1);
    // A finger on the open map may be scrolling the page: there only a tap counts, and a drag begins on the handle.
    const finger = event.pointerType === "touch" && !onHandle && !pan;
    this.#drag = {
      kind: pan ? "pan" : finger ? "tap" : "start",
      from: point,
      last: point,
      far: false,
      id: event.pointerId,
    };
    if (finger) return;
    this.#map.setPointerCapture(event.pointerId);
    if (!onHandle) event.preventDefault();
    if (this.#drag.kind === "start") this.#handle.focus({ preventScroll: true });
  };

  #move = (event) => {
    const point = this.#at(event);
    const drag = this.#drag;
    if (drag === null) {
      this.#acts.hover(this.#view.holds(...point) ? point : null);
      return;
    }
    drag.far ||= Math.hypot(point[0] - drag.from[0], point[1] - drag.from[1]) > CLICK;
    if (!drag.far || drag.kind === "tap") return;
    if (drag.kind === "pan") this.#ground.look(this.#view.panned(point[0] - drag.last[0], point[1] - drag.last[1]));
    drag.last = point;
    // Several moves can come between two frames; only the last of them can be seen.
    if (drag.kind === "start") this.#frame ??= requestAnimationFrame(this.#follow);
  };

  #follow = () => {
    this.#frame = null;
    if (this.dragging) this.#acts.start(this.#view.unproject(...this.#drag.last), { live: true, click: false });
  };

  #up = (event) => {
    const drag = this.#drag;
    if (drag === null) return;
    this.#drag = null;
    this.#unschedule();
    if (drag.kind === "pan") return;
    if (drag.kind === "tap" && drag.far) return;
    if (event.target === this.#handle && !drag.far) return;
    this.#acts.start(this.#view.unproject(...this.#at(event)), { live: false, click: !drag.far });
  };

  #cancel = () => {
    const drag = this.#drag;
    this.#drag = null;
    this.#unschedule();
    if (drag?.kind === "start" && drag.far)
      this.#acts.start(this.#view.unproject(...drag.last), { live: false, click: false });
  };

  #unschedule() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  #wheel = (event) => {
    // A bare wheel scrolls the page; a pinch arrives as a wheel with ctrl.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 120)) * 0.25), this.#at(event));
  };

  zoom(factor, point = null) {
    const { left, top, width, height } = this.#view.area;
    const [px, py] = point ?? [left + width / 2, top + height / 2];
    this.#ground.look(this.#view.zoomed(factor, px, py));
  }

  #key = (event) => {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const move = moves[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#acts.nudge(move, event.shiftKey ? 10 : 1);
  };

  #keyUp = (event) => {
    if (event.key.startsWith("Arrow")) this.#acts.settle();
  };
}
