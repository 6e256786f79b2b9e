import { PolicyPack } from "@pulumi/policy";
import { endWithEngine } from "../host-lifetime.js";
import { policiesOf } from "./pack.js";
import { RULES } from "./rules/index.js";

/** Serves the guardrails to the engine. One pack a process. */
export function startPack(): void {
  endWithEngine(process.argv[2]);
  new PolicyPack("gatehouse", {
    description: "Guardrails for the control planes of AI gateways: no shared production key, few administrators, caps that hold.",
    policies: policiesOf(RULES),
  });
}
