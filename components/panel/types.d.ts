// Shapes of data that the panel's modules share.

import type { Control, HyperparameterControl, Run } from "../contract.js";

/** What a field has to know of its number. */
export interface Limited {
  name: string;
  low: number;
  high: number;
  whole?: boolean;
}

/** The same with the sentence that explains it. */
export type Named = Pick<Control, "name" | "help">;

/** Called with a new value, and whether more of the same gesture is to come. */
export type Edit = (value: number, live: boolean) => void;

/** What shows and edits one number: a Field or a Switch. */
export interface Shown {
  root: HTMLElement;
  set(value: number): void;
}

/** What the panel does for one of its blocks. */
export interface Acts<Block> {
  edit: (block: Block, run: Run, live: boolean) => void;
  change: (block: Block, optimizer: string) => void;
  duplicate: (block: Block) => void;
  remove: (block: Block) => void;
}

export type { Control, HyperparameterControl, Run };
