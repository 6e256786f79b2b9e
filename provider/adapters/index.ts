import { InvalidInput } from "../errors.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import type { Adapter, Transport } from "./adapter.js";
import { anyint } from "./anyint.js";
import { floopy } from "./floopy.js";
import { gatehouse } from "./gatehouse.js";
import { olyx } from "./olyx.js";
import { qodex } from "./qodex.js";
import { routerly } from "./routerly.js";

/** Every system Gatehouse can apply to. Adding one: its file and one line here. */
const ADAPTERS = { gatehouse, floopy, olyx, routerly, qodex, anyint } as const satisfies Record<string, Adapter>;

export const ADAPTER_LIST: readonly Adapter[] = Object.values(ADAPTERS);

/** The adapter of a system. Throws InvalidInput with the systems that there are. */
export function adapterOf(system: string): Adapter {
  if (Object.hasOwn(ADAPTERS, system)) return ADAPTERS[system as keyof typeof ADAPTERS];
  throw new InvalidInput({
    what: `there is no adapter for the system "${system}"`,
    advice: `Systems: ${Object.keys(ADAPTERS).join(", ")}.`,
  });
}

/** How changes reach a control plane: as it is declared, else as its system has it. */
export function transportOf({ system, transport }: Pick<ControlPlaneSettings, "system" | "transport">): Transport {
  return transport ?? adapterOf(system).defaultTransport;
}
