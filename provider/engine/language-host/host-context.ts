import type { Children } from "./children.js";

/** What the methods of the service share. */
export interface HostContext {
  /** Address of the engine that started this host; empty when it was started without one. */
  readonly engineAddress: string;
  readonly children: Children;
  /** Ends this host when the engine at that address is gone. */
  watchEngine(address: string): void;
}
