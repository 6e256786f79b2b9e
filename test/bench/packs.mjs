import { fileURLToPath } from "node:url";
import { openStack } from "../../dist/provider/cli/engine-stack.js";
import { WITH_GUARDRAILS } from "../../dist/provider/cli/guardrails.js";
import { preflight } from "../../dist/provider/cli/preflight.js";
import { stateResources } from "../../dist/provider/cli/state.js";
import { targetAt } from "../../dist/provider/cli/target.js";
import { measured } from "./commands.mjs";

const EMPTY_PACK = fileURLToPath(new URL("empty-pack.mjs", import.meta.url));
const SILENT = { progress: () => {}, result: () => {}, json: () => {}, asJson: false };

/**
 * Seconds of the engine's own preview of an applied stack without a pack, with an empty one and with the guardrails, and of `gatehouse
 * preview`, which refreshes, judges and reports besides: what the rules add to any pack, and the report to the engine.
 */
export async function measurePacks(stackPath, environment, timeoutMs) {
  Object.assign(process.env, { GATEHOUSE_TOKEN: environment.GATEHOUSE_TOKEN });
  const stack = await openStack({ target: targetAt(stackPath), stackName: "dev", console: SILENT, whenAbsent: "none", readOnly: true });
  await preflight(stack, false, await stateResources(stack));
  const engine = async (options) => {
    const started = performance.now();
    await stack.engine.preview({ refresh: true, onEvent: () => {}, color: "never", ...options });
    return Math.round((performance.now() - started) / 100) / 10;
  };
  // The first run compiles what the others load.
  await engine(WITH_GUARDRAILS);
  const withoutPack = await engine({});
  const emptyPack = await engine({ policyPacks: [EMPTY_PACK] });
  const guardrails = await engine(WITH_GUARDRAILS);
  const { seconds: report } = await measured(["preview", stackPath], environment, timeoutMs);
  return { withoutPack, emptyPack, guardrails, report, reportToEngine: Math.round((report / guardrails) * 100) / 100 };
}
