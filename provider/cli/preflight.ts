import { createInterface } from "node:readline/promises";
import { CredentialRefused } from "../errors.js";
import { type ControlPlaneSettings, effectiveUrl } from "../http/settings.js";
import { assertSameControlPlane, identify } from "../lifecycle/identity.js";
import { Session } from "../lifecycle/session.js";
import type { OpenStack } from "./engine-stack.js";
import { controlPlanesIn, type StateControlPlane, type StateResource } from "./state.js";

/**
 * Makes sure, before the engine starts, that each control plane answers, that the credential is good and bound to its address, and
 * that the stack belongs to it. Lets the origins that the state records be trusted, since only an apply could write them. `resources` are
 * those of the state.
 */
export async function preflight(
  stack: OpenStack,
  mayAsk: boolean,
  resources: readonly StateResource[],
): Promise<readonly StateControlPlane[]> {
  const recorded = controlPlanesIn(resources);
  trustOrigins(
    stack,
    recorded.flatMap(({ identity }) => (identity && URL.canParse(identity.origin) ? [identity.origin] : [])),
  );
  for (const settings of declaredControlPlanes(stack, recorded)) {
    const identity = recorded.find((plane) => plane.settings.name === settings.name)?.identity;
    await assertReachable(stack, settings, identity, mayAsk);
  }
  return recorded;
}

/** What the stack file declares; of a program only what the state knows of it. */
function declaredControlPlanes(stack: OpenStack, recorded: readonly StateControlPlane[]): readonly ControlPlaneSettings[] {
  if (stack.target.form === "program") return recorded.map((plane) => plane.settings);
  const { controlPlanes } = stack.target.stack;
  return controlPlanes.map((plane) => ({ ...plane, oneOfSeveral: controlPlanes.length > 1 }));
}

async function assertReachable(
  stack: OpenStack,
  settings: ControlPlaneSettings,
  recorded: StateControlPlane["identity"],
  mayAsk: boolean,
): Promise<void> {
  try {
    const now = await identify(new Session(settings, { ...stack.environment, GATEHOUSE_READ_ONLY: "1" }));
    if (recorded) assertSameControlPlane(settings.name, recorded, now);
  } catch (error) {
    if (!(error instanceof CredentialRefused) || !mayAsk || !(await confirmedOrigin(stack, settings))) throw error;
    await assertReachable(stack, settings, recorded, false);
  }
}

/** A first `up` on a terminal may bind the credential to a new origin, when the person there says so. */
async function confirmedOrigin(stack: OpenStack, settings: ControlPlaneSettings): Promise<boolean> {
  const { origin, protocol } = effectiveUrl(settings, stack.environment);
  if (protocol !== "https:" || !process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question(`No credential was sent to ${origin} before. Send it there now and from now on? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) return false;
  } finally {
    prompt.close();
  }
  trustOrigins(stack, [origin]);
  return true;
}

function trustOrigins(stack: OpenStack, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const all = [stack.environment.GATEHOUSE_ORIGINS ?? "", ...origins].join(" ").trim();
  const variables = stack.engine.workspace.envVars;
  variables.GATEHOUSE_ORIGINS = all;
  Object.assign(stack.environment, { GATEHOUSE_ORIGINS: all });
}
