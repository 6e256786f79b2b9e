import { expect, it } from "vitest";
import { productProjectsAreJustified } from "../../provider/policies/rules/product-projects-are-justified.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const bare = "projects: { checkout: { name: Checkout } }";

ruleCases(productProjectsAreJustified, {
  governance: "layout: perProduct",
  passes: `projects:
  checkout: { name: Checkout, members: { kim@acme.example: editor } }
  search: { name: Search, budgets: { month: { amountUsd: 10, period: month } } }
  mail: { name: Mail, models: { small: { provider: openai, identifier: gpt-5-mini } } }`,
  fails: bare,
  message:
    "Project projects/checkout has no members, models, budget or credential of its own. A project that shares everything with another is one more thing to watch and separates nothing. Declare what is its own (`members`, `models`, `budgets`, `credentials`), or serve the product from another project.",
  unknown: ["projects/checkout#status"],
});

it("product-projects-are-justified judges nothing in another layout, or in none", () => {
  expect(told(productProjectsAreJustified, viewOf(bare))).toEqual([]);
  expect(told(productProjectsAreJustified, viewOf(`${bare}\ngovernance: { layout: perEnvironment }`))).toEqual([]);
});
