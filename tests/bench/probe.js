/**
 * Measures a page; it runs before any script of the page. It records the frames that the stage draws, their duration,
 * the walk that they show, and the move of the pointer that requested that walk.
 */
(() => {
  const seen = { moves: [], pictures: [], maps: [], mapped: [], frames: [] };
  const probe = { ...seen, recording: false, contour: null, moving: null };
  window.probe = probe;
  let touched = false;
  let walk = null;

  // A frame is the stage's if it clears one of the stage's canvases.
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function clearRect(...box) {
    touched ||= this.canvas.matches(".mradam-stage .map canvas");
    return clear.apply(this, box);
  };

  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((now) => {
      touched = false;
      const began = performance.now();
      callback(now);
      const ended = performance.now();
      if (!touched) return;
      if (probe.recording) probe.frames.push([began, ended - began]);
      if (walk?.whole && !walk.seen) {
        walk.seen = true;
        probe.pictures.push([...walk.start, ended]);
      }
    });

  // Walks by the number of their request; the newest one that has begun to arrive is what is drawn.
  const requested = new Map();
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...address) {
      super(...address);
      if (!this.url.endsWith("/api/stream")) return;
      this.addEventListener("message", ({ data }) => {
        if (typeof data === "string") {
          const { kind, rows } = JSON.parse(data);
          if (kind === "mapped" && rows > 0) probe.mapped.push(rows); // the map of basins is complete
          return;
        }
        // version, kind, slot, id, first, count, ...: see Wire in backend/wire.py.
        const [, , , id, first, count] = new Uint32Array(data, 0, 6);
        if (!requested.has(id)) {
          probe.maps.push(performance.now());
          return;
        }
        const { start, steps } = requested.get(id);
        if (first === 0) walk = { start, whole: false, seen: false };
        walk.whole = first + count - 1 === steps;
      });
    }

    send(message) {
      if (this.url.endsWith("/api/stream")) {
        const { kind, id, scenario } = JSON.parse(message);
        if (kind === "walk") requested.set(id, scenario);
      }
      super.send(message);
    }
  };

  // Heads are discs on the upper canvas: the first disc at a new place is the first movement.
  const heads = new Map();
  const arc = CanvasRenderingContext2D.prototype.arc;
  CanvasRenderingContext2D.prototype.arc = function moved(x, y, ...rest) {
    if (probe.moving === null && this.canvas.matches(".mradam-stage canvas.upper")) {
      const head = `${this.fillStyle} ${rest}`;
      if (Math.hypot(x - (heads.get(head)?.[0] ?? x), y - (heads.get(head)?.[1] ?? y)) > 1) shown("moving");
      if (!heads.has(head)) heads.set(head, [x, y]);
    }
    return arc.call(this, x, y, ...rest);
  };

  /** Note when something has been drawn and painted. */
  function shown(name) {
    probe[name] = Infinity;
    request(() => setTimeout(() => (probe[name] = performance.now())));
  }

  (function findContour() {
    if (document.querySelector(".js-plotly-plot .contourlayer path")) shown("contour");
    else request(findContour);
  })();

  addEventListener("pointermove", (event) => probe.moves.push([event.clientX, event.clientY, event.timeStamp]), true);
})();
