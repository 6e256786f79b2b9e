import { projectsInUse } from "../projects.js";
import type { Violation } from "../rule.js";
import { isKnown, type SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";
import { perProduct } from "./per-product.js";

/**
 * A project for each team or client. Whose it is stands in a label, `team-search` or `client-birch`, since names seldom say it; a project
 * of the organization's own is labelled `internal`. Nothing is judged on systems without labels but names.
 */
export function perHolder(word: "team" | "client"): (view: StackView) => readonly Violation[] {
  return (view) => {
    const first = new Map<string, SeenObject>();
    const projects = projectsInUse(view).filter((project) => view.offers(project, "labels"));
    return [
      ...perProduct(view),
      ...projects.flatMap((project): readonly Violation[] => {
        const holders = holdersOf(project, word);
        const at = { object: project, property: "labels" };
        const advice = `Write \`labels: [${word}-NAME]\`, one ${word} for each project and one project for each ${word}.`;
        if (holders === undefined) return [];
        if (holders.length > 1) return [{ ...at, what: `is shared by ${holders.join(" and ")}`, advice }];
        const [holder] = holders;
        if (holder === undefined) return [{ ...at, what: `does not say which ${word} it is for`, advice }];
        if (holder === "internal") return [];
        const key = `${project.controlPlane} ${holder}`;
        const other = first.get(key);
        if (other === undefined) first.set(key, project);
        return [
          ...(other === undefined ? [] : [{ ...at, what: `is for ${holder}, as ${other.name} is`, advice }]),
          ...strangeKeys(view, project, word, holder),
        ];
      }),
    ];
  };
}

function strangeKeys(view: StackView, project: SeenObject, word: string, holder: string): readonly Violation[] {
  return view.referringTo(project, "ApiKey").flatMap((key) => {
    const other = holdersOf(key, word)?.find((one) => one !== holder && one !== "internal");
    if (other === undefined) return [];
    const what = `is a key for ${other} in the project for ${holder}`;
    return [{ object: key, property: "labels", what, advice: `Make the key in the project for ${other}.` }];
  });
}

/** `team-search` of `team-search` and `team:search`; undefined while a label is unknown. */
function holdersOf({ inputs }: SeenObject<"Project" | "ApiKey">, word: string): readonly string[] | undefined {
  const { labels = [] } = inputs;
  if (!isKnown(labels) || labels.some((label) => typeof label !== "string")) return undefined;
  const form = new RegExp(`^${word}[-:](.+)$`, "i");
  return [
    ...new Set(
      labels.flatMap((label) =>
        label === "internal"
          ? [label]
          : (label
              .match(form)
              ?.slice(1)
              .map((name) => `${word}-${name.toLowerCase()}`) ?? []),
      ),
    ),
  ];
}
