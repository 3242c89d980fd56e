/** Every string of the glossary's frame; its text comes from lessons/glossary.toml. */

export const words = {
  open: "What is this?",
  tooltip: "What this page shows, and what its words mean",
  title: "What is this?",
  glossary: "Glossary",
  paper: "The paper",
  close: "Close",
};
