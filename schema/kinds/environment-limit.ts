import { integer, money, oneOf } from "../field.js";
import { defineKind } from "../kind.js";
import { ENVIRONMENTS } from "./project.js";

/** Ceilings over all keys of one environment class together. */
export const environmentLimit = defineKind("EnvironmentLimit", {
  path: "/environment-limits",
  key: ["environment"],
  about: "availability",
  stackFile: [{ at: ["environmentLimits"], keyField: "environment" }],
  fields: {
    /** Environment class the ceilings apply to. Changing it replaces the limit. */
    environment: oneOf(ENVIRONMENTS, { replace: true }),
    /** Requests per minute over all keys of the environment; above it a request gets 429. */
    requestsPerMinute: integer({ minimum: 1, optional: true, cap: "shared" }),
    /** US dollars per calendar month over all keys of the environment; at it requests get 402 until spend is below 95 %. */
    monthlyUsd: money({ optional: true, cap: "shared" }),
  },
  rules: (inputs) =>
    inputs.requestsPerMinute === undefined && inputs.monthlyUsd === undefined
      ? [{ property: "environment", reason: "limits nothing: give requestsPerMinute, monthlyUsd, or both" }]
      : [],
});
