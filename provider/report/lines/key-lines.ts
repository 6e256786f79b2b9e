import { accessChangeText } from "../access/index.js";
import type { Context } from "./context.js";
import { keyEvents } from "./key-events.js";
import { keySteps } from "./key-steps.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** Keys that are created, replaced, revoked, rotated, unlocked or shared, with what they reach. */
export function keyLines(context: Context): readonly Telling[] {
  const reach = reachByKey(context);
  return keySteps(context).flatMap((key) =>
    keyEvents(key).map(({ rule, text, properties }): Telling => {
      const { step, name, inProduction } = key;
      const isProduction = inProduction.before || inProduction.after;
      const about = {
        section: "keys",
        rule,
        text: `${isProduction ? "production key" : "key"} ${name} ${text}`,
        details: reach.get(`${step.controlPlane}\n${name}`) ?? [],
        ...(properties === "all" ? {} : { properties }),
      } as const;
      return { line: lineAbout(step, about, context), tells: [{ urn: step.urn, properties }] };
    }),
  );
}

/** What effective access says of each key. */
function reachByKey({ accessChanges }: Context): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>();
  for (const change of accessChanges) {
    if (change.subject.type !== "key") continue;
    const key = `${change.controlPlane}\n${change.subject.name}`;
    const known = texts.get(key);
    if (known === undefined) texts.set(key, [accessChangeText(change)]);
    else known.push(accessChangeText(change));
  }
  return texts;
}
