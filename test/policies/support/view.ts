import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { declaredView } from "../../../provider/policies/declared-view.js";
import { UNKNOWN } from "../../../provider/policies/seen.js";
import { StackView } from "../../../provider/policies/stack-view.js";
import { loadStack } from "../../../provider/stackfile/index.js";

/** What is over stays in the view, as in that of a program or of a state. */
const LONG_AGO = "2000-01-01";

/**
 * The view of a stack file with this text. `name` and a control plane of `system` are put before it where it has none. `unknown` names
 * properties that only an apply would know, as `projects/checkout/keys/a#environment`.
 */
export function viewOf(text: string, system = "gatehouse", unknown: readonly string[] = []): StackView {
  const folder = mkdtempSync(join(tmpdir(), "view-"));
  try {
    const file = join(folder, "gatehouse.yaml");
    const head = [
      ...(/^name:/m.test(text) ? [] : ["name: acme"]),
      ...(/^controlPlanes?:/m.test(text) ? [] : [`controlPlane: { system: ${system} }`]),
    ];
    writeFileSync(file, [...head, text].join("\n"));
    return withUnknown(declaredView(loadStack(file, undefined, LONG_AGO)), unknown);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withUnknown(view: StackView, unknown: readonly string[]): StackView {
  const left = new Set(unknown);
  const objects = view.objects.map((object) => {
    let { inputs }: { inputs: object } = object;
    for (const path of unknown.filter((one) => one.startsWith(`${object.name}#`))) {
      left.delete(path);
      inputs = put(inputs, path.slice(object.name.length + 1).split("."));
    }
    return { ...object, inputs };
  });
  if (left.size > 0) throw new Error(`no object of the view is called as in ${[...left].join(", ")}`);
  return new StackView(objects as typeof view.objects);
}

function put(values: object, [first = "", ...rest]: readonly string[]): object {
  const inner = (values as Readonly<Record<string, unknown>>)[first];
  const changed = rest.length === 0 ? UNKNOWN : put((inner ?? {}) as object, rest);
  return Array.isArray(values) ? values.with(Number(first), changed) : { ...values, [first]: changed };
}
