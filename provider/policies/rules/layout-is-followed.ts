import { LAYOUTS, type Layout } from "../layouts/index.js";
import { sameAppTwice } from "../layouts/same-app-twice.js";
import { defineRule } from "../rule.js";

export const layoutIsFollowed = defineRule({
  name: "layout-is-followed",
  title: "Projects follow the layout that the organization chose",
  why: "Costs, access and incidents can be read off the list of projects only while every project stands for the same sort of thing.",
  enforces: [...["A-10", "A-11", "A-21", "A-22", "A-23", "F-50", "O-03", "O-28"], ...["Q-30", "Q-31", "Q-32", "Q-33", "Q-34", "Q-35"]],
  level: "mandatory",
  settings: {},
  check: (view, { layout }) =>
    layout !== undefined && Object.hasOwn(LAYOUTS, layout) ? [...LAYOUTS[layout as Layout](view), ...sameAppTwice(view)] : [],
  example: {
    bad: `projects:
  checkout-prod: { name: Checkout production, launch: { owner: lin@acme.example } }
  checkout-dev: { name: Checkout development, launch: { owner: lin@acme.example } }`,
    good: "projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }",
  },
});
