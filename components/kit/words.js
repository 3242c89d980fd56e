/** Every string that the kit shows: the file to translate. */

export const words = {
  notCopied: "The browser does not allow copying here. Copy the address from the address bar instead.",
};
