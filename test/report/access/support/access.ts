import type { SeenObject } from "../../../../provider/policies/seen.js";
import { StackView } from "../../../../provider/policies/stack-view.js";
import { type Access, accessChangeText, accessDiff, accessMatrix, effectiveAccess } from "../../../../provider/report/access/index.js";
import type { KindName } from "../../../../schema/kinds/index.js";
import { viewOf } from "../../../policies/support/view.js";

export const TODAY = "2026-11-21";

/** Access in a stack file of this text. `unknown` names properties that only an apply would know, as `members/ada@acme.example#role`. */
export function accessOf(text: string, system = "gatehouse", unknown: readonly string[] = []): Access {
  return effectiveAccess(viewOf(text, system, unknown), { today: TODAY });
}

/** What somebody can do, one line a place: `every project: view, configure? <- organization role owls (unknown role)`. */
export function told(access: Access, who: string, project?: string): readonly string[] {
  return accessMatrix(access, { who, project }).map((row) => {
    const place = row.in === "project" ? row.project : row.in;
    const can = [...row.capabilities, ...row.maybe.map((one) => `${one}?`)].join(" ");
    const ways = row.ways.map(({ via, addsNothing }) => (addsNothing ? `(${via})` : via));
    return `${place}: ${can} <- ${ways.join(", ")}`;
  });
}

/** What changed between two stack files, in words. */
export function changed(before: string, after: string, system = "gatehouse"): readonly string[] {
  return accessDiff(accessOf(before, system), accessOf(after, system)).map(accessChangeText);
}

/** Access in a stack of these objects, without a stack file. */
export function accessIn(objects: readonly SeenObject[]): Access {
  return effectiveAccess(new StackView(objects), { today: TODAY });
}

/** An object as a program would have declared it. Its references are names of other objects. */
export function seen(
  kind: KindName,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  { system = "gatehouse", outputs = {} }: { system?: string; outputs?: Readonly<Record<string, unknown>> } = {},
): SeenObject {
  return {
    kind,
    name,
    urn: `${kind}/${name}`,
    id: name,
    system,
    controlPlane: "main",
    inputs: inputs as SeenObject["inputs"],
    outputs,
    sources: {},
  };
}
