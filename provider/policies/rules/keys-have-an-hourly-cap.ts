import { list, text } from "../../../schema/field.js";
import { experimentalWordIn, experimentalWords, namesAndLabels } from "../experimental.js";
import { defineRule, setting } from "../rule.js";
import type { SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

interface Words {
  readonly words: readonly string[];
  readonly userFacing: readonly string[];
}

export const keysHaveAnHourlyCap = defineRule({
  name: "keys-have-an-hourly-cap",
  title: "New, experimental and user-facing services have an hourly cap on their key",
  why: "An hourly cap stops a loop or an abuse within the hour; a monthly one stops it when the month is spent.",
  enforces: ["O-54"],
  level: "advisory",
  settings: {
    words: experimentalWords,
    /** Words of a workload or consumer that people use directly. */
    userFacing: setting(list(text({ pattern: "^[a-z0-9]+$" }), { unordered: true }), [
      "chat",
      "chatbot",
      "assistant",
      "support",
      "web",
      "website",
      "site",
      "app",
      "mobile",
      "frontend",
      "ui",
    ]),
  },
  check: (view, { settings }) =>
    view.of("ApiKey").flatMap((key) => {
      if (key.inputs.hourlyUsd !== undefined || !view.offers(key, "hourlyUsd")) return [];
      const reason = reasonFor(view, key, settings);
      if (reason === undefined) return [];
      return [
        {
          object: key,
          property: "hourlyUsd",
          what: `is ${reason} and has no hourly cap`,
          advice: "Write `hourlyUsd: 25`, a few times what a busy hour costs.",
        },
      ];
    }),
  example: {
    bad: "projects: { checkout: { name: Checkout AI, launch: { workload: chat }, keys: { checkout-prod: { environment: production } } } }",
    good: `
projects:
  checkout:
    name: Checkout AI
    launch: { owner: lin@acme.example, workload: chat }
    keys:
      checkout-prod: { environment: production, ownerType: service, owner: lin@acme.example, consumer: checkout-api, hourlyUsd: 25, monthlyUsd: 900, expiresAt: 2027-02-01 }`,
  },
});

function reasonFor(view: StackView, key: SeenObject<"ApiKey">, { words, userFacing }: Words): string | undefined {
  const project = view.projectOf(key)?.inputs;
  const own = namesAndLabels([key.inputs.name, key.inputs.consumer], key.inputs.labels);
  const around = namesAndLabels([project?.name, project?.slug], project?.labels);
  if (experimentalWordIn([...own, ...around], words) !== undefined) return "experimental";
  const workload = typeof project?.launch === "object" ? project.launch.workload : undefined;
  if (experimentalWordIn([key.inputs.consumer, workload], userFacing) !== undefined) return "user-facing";
  // Ids are given with the creation.
  return key.id === undefined && key.outputs.keyId === undefined ? "new" : undefined;
}
