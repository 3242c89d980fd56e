/** Every string that the kit shows. A translation is one such file. */

export const words = {
  notCopied: "The browser does not allow copying here. Copy the address from the address bar instead.",
  noCanvas: "This browser does not provide a canvas to draw on.",
  notCopiedInFrame:
    "The browser does not allow copying in this frame. Open the frame in a tab of its own to copy its address.",
};
