import type * as pulumi from "@pulumi/pulumi";
import { InvalidInput } from "./errors.js";

/** What this program has registered so far that concerns the order of things. */
let program: { governance?: pulumi.Resource; hasObjects: boolean } = { hasObjects: false };

/** Forgets the program before, where several run in one process. */
export function beginProgram(): void {
  program = { hasObjects: false };
}

/**
 * Takes note of the rules of the house. Guardrails judge each object as the engine meets it, so that exceptions must be known before.
 * Throws InvalidInput when an object was registered already, or other rules were.
 */
export function govern(governance: pulumi.Resource): void {
  if (program.governance !== undefined) {
    throw new InvalidInput({ what: "the program declares Governance twice", advice: "Keep one of the two: a stack has one set of rules." });
  }
  if (program.hasObjects) {
    throw new InvalidInput({
      what: "the program declares Governance after other objects, which guardrails would judge without its settings and exceptions",
      advice: "Move `new gatehouse.Governance(…)` to the top of the program, right after its ControlPlane.",
    });
  }
  program = { ...program, governance };
}

/** The resources that any other object waits for. */
export function governedBy(): readonly pulumi.Resource[] {
  program.hasObjects = true;
  return program.governance === undefined ? [] : [program.governance];
}
