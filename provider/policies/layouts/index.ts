import type { LAYOUTS as WORDS } from "../../../schema/kinds/governance.js";
import type { Violation } from "../rule.js";
import type { StackView } from "../stack-view.js";
import { perEnvironment } from "./per-environment.js";
import { perHolder } from "./per-holder.js";
import { perProduct } from "./per-product.js";

export type Layout = (typeof WORDS)[number];

/** What each layout asks of the projects of a stack. */
export const LAYOUTS: Readonly<Record<Layout, (view: StackView) => readonly Violation[]>> = {
  perEnvironment,
  perProduct,
  perTeam: perHolder("team"),
  perClient: perHolder("client"),
};
