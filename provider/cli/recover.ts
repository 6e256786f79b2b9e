import type { Console } from "./console.js";
import type { OpenStack } from "./engine-stack.js";

/** Puts right what a killed run left behind, before a run that writes. */
export async function recover(_stack: OpenStack, _console: Console): Promise<void> {}
