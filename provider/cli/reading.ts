import type { ControlPlaneSettings } from "../http/settings.js";
import { Session } from "../lifecycle/session.js";
import type { OpenStack } from "./engine-stack.js";

/**
 * Read-only sessions to the control planes of a stack. They share their lists: what one part of a command has read, another does not ask
 * for again. One that would look again after a write begins another reading.
 */
export class Reading {
  readonly #environment: OpenStack["environment"];
  readonly #sessions = new Map<string, Session>();

  constructor({ environment }: Pick<OpenStack, "environment">) {
    this.#environment = environment;
  }

  session(settings: ControlPlaneSettings): Session {
    const key = JSON.stringify(settings);
    const session = this.#sessions.get(key) ?? new Session(settings, { ...this.#environment, GATEHOUSE_READ_ONLY: "1" });
    this.#sessions.set(key, session);
    return session;
  }
}
