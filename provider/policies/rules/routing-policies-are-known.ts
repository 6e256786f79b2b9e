import { list, text } from "../../../schema/field.js";
import { ROUTING_POLICY_TYPES } from "../../../schema/kinds/routing-policy.js";
import { items, member } from "../member.js";
import { defineRule, setting } from "../rule.js";

export const routingPoliciesAreKnown = defineRule({
  name: "routing-policies-are-known",
  title: "Routing policies are of types that exist",
  why: "A policy of an unknown type is skipped silently, and requests are routed without it.",
  enforces: ["R-13"],
  level: "mandatory",
  alone: "RoutingPolicy",
  settings: { custom: setting(list(text({ maxLength: 64 })), []) },
  check: (view, { settings: { custom } }) => {
    const known: readonly unknown[] = [...ROUTING_POLICY_TYPES, ...custom];
    return view.of("RoutingPolicy").flatMap((policy) => {
      const types = items(policy.inputs.policies).map((entry) => member(entry, "type"));
      const unknown = [...new Set(types)].filter((type) => typeof type === "string" && !known.includes(type));
      return unknown.map((type) => ({
        object: policy,
        property: "policies",
        what: `has a policy of the type ${String(type)}, which is none`,
        advice: `Write one of ${known.join(", ")}.`,
      }));
    });
  },
  example: {
    bad: "projects: { checkout: { name: Checkout, routing: { policies: [{ type: cheap }] } } }",
    good: `projects:
  checkout:
    name: Checkout
    launch: { owner: lin@acme.example }
    routing: { policies: [{ type: cheapest }] }`,
  },
});
