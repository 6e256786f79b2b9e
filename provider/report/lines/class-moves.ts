import type { Holder } from "../access/access.js";
import type { Context } from "./context.js";
import { keyHolder } from "./key-holders.js";

/** A key that goes from one environment class to another, by its own word or its project's. */
export interface ClassMove {
  readonly controlPlane: string;
  readonly urn: string;
  readonly holder: Holder;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Every key whose class changes, whether the change touches the key itself or not. */
export function classMoves({ accessBefore, accessAfter }: Context): readonly ClassMove[] {
  return [...accessAfter.planes.values()].flatMap(({ name: controlPlane, holders }) =>
    [...holders.values()].flatMap((holder): ClassMove[] => {
      const { urn, environment: to } = holder;
      const former = urn === undefined ? undefined : keyHolder(accessBefore, controlPlane, urn);
      if (urn === undefined || former === undefined || former.environment === to) return [];
      return [{ controlPlane, urn, holder, from: former.environment, to }];
    }),
  );
}
