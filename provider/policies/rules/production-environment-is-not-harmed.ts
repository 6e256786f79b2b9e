import { isProductionPlace, productionWords } from "../production-environment.js";
import { defineRule, type Violation } from "../rule.js";
import type { Bag, SeenObject } from "../seen.js";

export const productionEnvironmentIsNotHarmed = defineRule({
  name: "production-environment-is-not-harmed",
  title: "Tests change nothing in production and attack nothing there",
  why: "A test that writes, destroys or attacks does so to the data of customers.",
  enforces: ["Q-49", "Q-50", "A-26"],
  level: "mandatory",
  alone: "Environment",
  settings: { words: productionWords },
  check: (view, { settings: { words } }) =>
    view
      .of("Environment")
      .filter(({ inputs }) => isProductionPlace(inputs.name, words))
      .flatMap(dangers),
  fix: (inputs) => ({ ...inputs, constraints: { ...(inputs.constraints as Bag | undefined), ...HARMLESS } }),
  example: {
    bad: `
projects:
  shop: { name: Shop, environments: { production: { baseUrl: "https://shop.acme.example", constraints: { readOnly: true, allowSecurity: true } } } }`,
    good: `
projects:
  shop:
    name: Shop
    launch: { owner: lin@acme.example }
    environments:
      production:
        baseUrl: https://shop.acme.example
        constraints: { readOnly: true, maxRequestsPerSecond: 5, allowDestructive: false, allowSecurity: false }`,
  },
});

const HARMLESS = { readOnly: true, allowDestructive: false, allowSecurity: false } as const;

/** Without a word on it, destructive payloads and security tests are blocked and writes are not. */
function dangers(environment: SeenObject<"Environment">): readonly Violation[] {
  const constraints = environment.inputs.constraints ?? {};
  if (typeof constraints !== "object") return [];
  const { readOnly, allowDestructive, allowSecurity } = constraints;
  const found = (is: boolean, name: keyof typeof HARMLESS, what: string): readonly Violation[] => {
    const advice = `Write \`${name}: ${HARMLESS[name]}\` in its constraints.`;
    return is ? [{ object: environment, property: `constraints.${name}`, what: `is production, and ${what}`, advice }] : [];
  };
  return [
    ...found(readOnly === undefined || readOnly === false, "readOnly", "tests may write to it"),
    ...found(allowDestructive === true, "allowDestructive", "tests may destroy data in it"),
    ...found(allowSecurity === true, "allowSecurity", "security tests may attack it"),
  ];
}
