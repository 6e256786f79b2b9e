import { defineRule } from "../rule.js";
import { isKnown, type SeenObject, UNKNOWN } from "../seen.js";
import type { StackView } from "../stack-view.js";

type Model = SeenObject<"Model">;

export const providerKeysAreNotMixed = defineRule({
  name: "provider-keys-are-not-mixed",
  title: "Models of one provider in one project are all called with the own key, or none is",
  why: "Where some models of a provider use the own key and some the platform's, nobody can tell who pays for a call.",
  enforces: ["A-54"],
  level: "advisory",
  settings: {},
  check: (view) => {
    const withOwnKey = new Map<string, Model>();
    const groups = view.of("Model").map((model) => ({ model, group: groupOf(view, model) }));
    for (const { model, group } of groups) if (hasOwnKey(model) && group !== undefined) withOwnKey.set(group, model);
    return groups.flatMap(({ model, group }) => {
      const other = group === undefined || hasOwnKey(model) ? undefined : withOwnKey.get(group);
      if (other === undefined) return [];
      return [
        {
          object: model,
          property: "credential",
          what: `is called with the platform's key, and ${other.name} of the same provider with an own one`,
          advice: "Write the same `credential` on both.",
        },
      ];
    });
  },
  example: {
    bad: `
credentials: { openai: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }
projects:
  checkout:
    name: Checkout AI
    models:
      small: { provider: openai, identifier: gpt-5-mini, credential: openai }
      large: { provider: openai, identifier: gpt-5 }`,
    good: `
credentials: { openai: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }
projects:
  checkout:
    name: Checkout AI
    launch: { owner: lin@acme.example }
    models:
      small: { provider: openai, identifier: gpt-5-mini, credential: openai }
      large: { provider: openai, identifier: gpt-5, credential: openai }`,
  },
});

function hasOwnKey({ inputs: { credential, apiKey } }: Model): boolean {
  return credential !== undefined || apiKey !== undefined;
}

/** Undefined for what cannot be compared: a model at an endpoint of its own is on nobody's platform key. */
function groupOf(view: StackView, model: Model): string | undefined {
  const { project, provider, endpoint } = model.inputs;
  const owner = view.projectOf(model)?.urn ?? project;
  if (owner === UNKNOWN || !isKnown(provider) || endpoint !== undefined) return undefined;
  return [model.controlPlane, owner ?? "", provider].join("\n");
}
