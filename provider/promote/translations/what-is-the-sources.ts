import type { Translation } from "./translation.js";

const NEW_PLANE = "at a control plane of its own the stack begins anew";
const ADOPTION = "what is there already is taken over by nobody's silence: write it again where you know that it is the same object";

/** Settings of a collection, and why they stay behind. */
const SETTINGS: Readonly<Record<string, string>> = {
  $exclusive: "it would remove what is at the target and was never looked at: write it again once the target is known",
  $ignore: "it names objects that are at the source",
  $remove: "it names objects that are at the source",
  $adopt: ADOPTION,
};

/** Settings of an entry, and why they stay behind. */
const ENTRY_SETTINGS: Readonly<Record<string, string>> = {
  adopt: ADOPTION,
  renamedFrom: `${NEW_PLANE}, where no object had the former name`,
  on: "the new stack has one control plane",
};

/** What concerns the source alone, whatever the target has: control planes, takeovers, renames, and what is there undeclared. */
export const whatIsTheSources: Translation = (draft) => {
  for (const { node, file, kindName } of draft.collections) {
    for (const [key, { value }] of [...node.children].filter(([name]) => name.startsWith("$"))) {
      const why = SETTINGS[key] ?? "it concerns the source";
      draft.outcomes.push({ object: node.path.join("/"), kind: kindName, field: key, result: "lost", from: value, why });
      draft.removePath(file, [...node.path, key], node.path.length);
    }
  }
  for (const [setting, why] of Object.entries(ENTRY_SETTINGS)) {
    for (const entry of draft.entries().filter(({ node }) => node.children.has(setting))) {
      draft.lose(entry, setting, { from: entry.node.children.get(setting)?.value, why });
    }
  }
  // After the entries, which inherit it.
  for (const file of draft.files) draft.removePath(file, ["adopt"]);
};
