import { expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { experimentsStayOutOfProduction } from "../../provider/policies/rules/experiments-stay-out-of-production.js";
import { ruleCases, TODAY } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(experimentsStayOutOfProduction, {
  passes: `
projects:
  checkout: { name: Checkout, keys: { checkout-prod: { environment: production }, checkout-dev: { environment: development } } }
  live: { name: Live, environment: production, keys: { api: { consumer: api } } }
  experiments: { name: Experiments, environment: other, keys: { bench: { consumer: bench } } }`,
  fails: `
projects:
  live: { name: Live, environment: production, keys: { bench: { environment: development } } }`,
  message:
    "ApiKey projects/live/keys/bench (environment) is a development key of projects/live, a production project. Spikes of an experiment eat the limits of production, and its failures hide incidents in the same history. Move it to a project of its own environment.",
  unknown: ["projects/live#environment"],
});

const found = (text: string, system = "gatehouse") =>
  judge([experimentsStayOutOfProduction], viewOf(text, system), { today: TODAY }).map(({ object, what }) => `${object.name} ${what}`);

it("experiments-stay-out-of-production sees a production key in a project of another environment", () => {
  const text = "projects: { stage: { name: Stage, environment: staging, keys: { api: { environment: production } } } }";
  expect(found(text)).toEqual(["projects/stage/keys/api is a production key of projects/stage, a staging project"]);
});

it("experiments-stay-out-of-production sees a development key whose requests land in production by default", () => {
  const text = `
projects: { live: { name: Live, environment: production } }
keys: { trial: { environment: development, defaultProject: live } }`;
  expect(found(text)).toEqual(["keys/trial is a development key of projects/live, a production project"]);
});

it.each(["{ name: Model experiments, KEYS }", "{ name: Lab, labels: [experimental], KEYS }", "{ name: rag-poc, KEYS }"])(
  "experiments-stay-out-of-production sees a production key in an experimental project: %s",
  (project) => {
    const text = `projects: { lab: ${project.replace("KEYS", "keys: { api: { environment: production } }")} }`;
    expect(found(text)).toEqual([
      expect.stringMatching(/^projects\/lab\/keys\/api is a production key of projects\/lab, which is experimental \("\w+"\)$/),
    ]);
  },
);

it("experiments-stay-out-of-production tells an experimental project that is production once", () => {
  const text = "projects: { sandbox: { name: Sandbox, environment: production, keys: { a: {}, b: {} } } }";
  expect(found(text, "olyx")).toEqual(['projects/sandbox is a production project and experimental ("sandbox")']);
});

it("experiments-stay-out-of-production sees a production key for an experiment", () => {
  const text = "projects: { shop: { name: Shop, keys: { a: { environment: production, consumer: ranking-experiment } } } }";
  expect(found(text)).toEqual(['projects/shop/keys/a is a production key and experimental ("experiment")']);
});

it("experiments-stay-out-of-production knows the words that are set, as whole words", () => {
  const text = (words: string) => `
projects: { lab: { name: Lab, keys: { a: { environment: production, consumer: experimentation-api } } } }
governance: { settings: { experiments-stay-out-of-production: { words: [${words}] } } }`;
  expect(found(text("experiment"))).toEqual([]);
  expect(found(text("lab"))).toEqual(['projects/lab/keys/a is a production key of projects/lab, which is experimental ("lab")']);
});

it("experiments-stay-out-of-production lets two environments mix that are both none of production", () => {
  expect(found("projects: { ci: { name: CI, environment: staging, keys: { a: { environment: development } } } }")).toEqual([]);
});
