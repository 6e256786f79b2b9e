import { accessChangeText } from "../access/index.js";
import type { Context } from "./context.js";
import { keyEvents } from "./key-events.js";
import { keySteps } from "./key-steps.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** Keys that are created, replaced, revoked, rotated, unlocked or shared, with what they reach. */
export function keyLines(context: Context): readonly Telling[] {
  const reach = Map.groupBy(context.accessChanges, ({ urn }) => urn);
  return keySteps(context).flatMap((key) =>
    keyEvents(key).map(({ rule, text, properties, reach: directions }): Telling => {
      const { step, name, inProduction } = key;
      const isProduction = inProduction.before || inProduction.after;
      const about = {
        section: "keys",
        rule,
        text: `${isProduction ? "production key" : "key"} ${name} ${text}`,
        details: (reach.get(step.urn) ?? []).filter(({ change }) => directions.includes(change)).map(accessChangeText),
        ...(properties === "all" ? {} : { properties }),
      } as const;
      return { line: lineAbout(step, about, context), tells: [{ urn: step.urn, properties }] };
    }),
  );
}
