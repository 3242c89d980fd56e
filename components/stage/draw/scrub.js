/**
 * A drag or a tap on a chart moves the playhead. A finger that moves up or down scrolls the page and changes nothing
 * (the styles of the charts contain `touch-action: pan-y`).
 */

/** Pixels that a finger moves before it is decided whether it scrolls or moves the playhead. */
const SLOP = 6;

/**
 * Call `seek` while a mouse button is pressed on an element, and for a finger after a tap or during a horizontal drag.
 * @param {HTMLElement} chart
 * @param {(event: PointerEvent) => void} seek
 */
export function scrub(chart, seek) {
  /** @type {?{id: number, x: number, y: number, seeking: boolean}} the pointer that is pressed */
  let pressed = null;
  chart.addEventListener("pointerdown", (event) => {
    const { pointerId: id, clientX: x, clientY: y, pointerType } = event;
    // A second finger ends the gesture.
    if (pressed !== null) {
      pressed = null;
      return;
    }
    pressed = { id, x, y, seeking: pointerType !== "touch" };
    if (!pressed.seeking) return;
    chart.setPointerCapture(id);
    seek(event);
  });
  chart.addEventListener("pointermove", (event) => {
    if (pressed?.id !== event.pointerId) return;
    if (!pressed.seeking) {
      const [across, along] = [Math.abs(event.clientX - pressed.x), Math.abs(event.clientY - pressed.y)];
      if (Math.max(across, along) < SLOP) return;
      if (along > across) pressed = null;
      else pressed.seeking = true;
    }
    if (pressed !== null) seek(event);
  });
  chart.addEventListener("pointerup", (event) => {
    if (pressed?.id !== event.pointerId) return;
    if (!pressed.seeking) seek(event);
    pressed = null;
  });
  chart.addEventListener("pointercancel", () => {
    pressed = null;
  });
}
