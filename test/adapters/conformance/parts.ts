/** Parts of the story that one object of one system may do otherwise, with a reason. */
export type Part =
  /** An object that is made as an invitation is not pending. */
  | "pending"
  /** A removed object stays readable. */
  | "gone";

/** By object: what it does otherwise, and why. */
export type Skips = Readonly<Record<string, Readonly<Partial<Record<Part, string>>>>>;
