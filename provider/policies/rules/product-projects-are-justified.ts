import type { KindName } from "../../../schema/kinds/index.js";
import { projectsInUse } from "../projects.js";
import { defineRule } from "../rule.js";

const OWN = ["Model", "ProjectMember", "Budget", "ProviderCredential"] as const satisfies readonly KindName[];

export const productProjectsAreJustified = defineRule({
  name: "product-projects-are-justified",
  title: "With a project for each product, each has people, models or a budget of its own",
  why: "A project that shares everything with another is one more thing to watch and separates nothing.",
  enforces: ["O-33"],
  level: "advisory",
  settings: {},
  check: (view, { layout }) =>
    layout !== "perProduct"
      ? []
      : projectsInUse(view)
          .filter((project) => OWN.every((kind) => view.referringTo(project, kind).length === 0))
          .map((project) => ({
            object: project,
            what: "has no members, models, budget or credential of its own",
            advice: "Declare what is its own (`members`, `models`, `budgets`, `credentials`), or serve the product from another project.",
          })),
  example: {
    bad: "projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }",
    good: "projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example }, budgets: { month: { amountUsd: 100, period: month } } } }",
  },
});
