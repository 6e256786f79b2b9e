import type { System } from "../../schema/systems/index.js";
import { InvalidInput } from "../errors.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import type { Adapter, Transport } from "./adapter.js";
import { anyint } from "./anyint.js";
import { floopy } from "./floopy.js";
import { gatehouse } from "./gatehouse.js";
import { olyx } from "./olyx.js";
import { qodex } from "./qodex.js";
import { routerly } from "./routerly.js";

/** The adapter of every system that a stack may name. */
const ADAPTERS: Readonly<Record<System, Adapter>> = { gatehouse, floopy, olyx, routerly, qodex, anyint };

export const ADAPTER_LIST: readonly Adapter[] = Object.values(ADAPTERS);

/** The adapter of a system. Throws InvalidInput with the systems that there are. */
export function adapterOf(system: string): Adapter {
  if (Object.hasOwn(ADAPTERS, system)) return ADAPTERS[system as System];
  throw new InvalidInput({
    what: `there is no adapter for the system "${system}"`,
    advice: `Systems: ${Object.keys(ADAPTERS).join(", ")}.`,
  });
}

/** How changes reach a control plane: as it is declared, else as its system has it. */
export function transportOf({ system, transport }: Pick<ControlPlaneSettings, "system" | "transport">): Transport {
  return transport ?? adapterOf(system).defaultTransport;
}
