// Shapes of data that the panel's modules share.

import type { Control, HyperparameterControl, Run } from "../contract.js";

/** The name and the limits of a field's number. */
export interface Limited {
  name: string;
  low: number;
  high: number;
  whole?: boolean;
}

/** The name of a number, the sentence that explains it, and the symbol of a hyperparameter in the formulas. */
export type Named = Pick<Control, "name" | "help"> & { symbol?: string | null };

/** Called with a new value; `live` is true while the gesture that changes it goes on. */
export type Edit = (value: number, live: boolean) => void;

/** A control that shows and edits one number: a Field or a Switch. */
export interface Shown {
  root: HTMLElement;
  set(value: number): void;
}

/** The functions of the panel that a block calls. */
export interface Acts<Block> {
  edit: (block: Block, run: Run, live: boolean) => void;
  change: (block: Block, optimizer: string) => void;
  duplicate: (block: Block) => void;
  remove: (block: Block) => void;
  /** Whether the link of the page offers a control. */
  offered: (name: string) => boolean;
  /** Whether it offers only some of the controls. */
  few: boolean;
}

export type { Control, HyperparameterControl, Run };
