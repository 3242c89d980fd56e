// What Python sends to the parts of a lesson: see goals.py, knobs.py, predict.py and row.py.

import type { Control, HyperparameterControl } from "../contract.js";
import type { Point } from "../kit/types.js";

/** An answer as Python receives it: an option's index, the flag's position, or nothing if it was skipped. `again`: taken back. */
export interface Given {
  option?: number;
  flag?: Point;
  again?: true;
}

/** The correct answer, and how the learner's answer compares with it. */
export interface TruthData {
  right: boolean | null;
  option: number | null;
  point: Point | null;
  away: string | null;
  measure: "same_basin" | "other_basin" | "no_basin" | "distance" | null;
  says: string;
  teaches: string;
}

export interface PredictData {
  stage: string;
  assets: string;
  question: string;
  options: string[];
  /** The position of the flag before it is placed; only if the question needs a flag. */
  waits?: Point;
  answer: { option: number | null; flag: Point | null } | null;
  truth: TruthData | null;
}

export interface GoalData {
  text: string;
  says: string;
  done: boolean;
  points: number;
  /** The present values of what the goal gives ranges for. */
  now: PresentValue[];
}

/** `run`: its name, only if the goal is about several runs. */
export interface PresentValue {
  run: string;
  name: "spread" | "held" | "accuracy" | "validation";
  value: string;
}

export interface GoalsData {
  assets: string;
  goals: GoalData[];
  score: number;
  most: number;
  /** Queries to share; empty while no goal is reached. */
  links: { lesson?: string; playground?: string };
}

export interface KnobData extends HyperparameterControl {
  run: number;
  label: string;
  mark: { value: number; words: string } | null;
}

export interface KnobsData {
  stage: string;
  assets: string;
  knobs: KnobData[];
  /** The settings that all runs share and that the learner can move. */
  shared: SharedData[];
}

export interface SharedData extends Control {
  name: "steps" | "batch" | "noise";
}

export interface LessonEntry {
  key: string;
  /** Its number, as in the title of its page. */
  number: number;
  title: string;
  done: boolean;
  begun: boolean;
}

export interface RowData {
  assets: string;
  current: string;
  lessons: LessonEntry[];
  shape: "row" | "neighbors";
}
