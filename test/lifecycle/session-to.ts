import { Session } from "../../provider/lifecycle/session.js";
import type { TestServer } from "../support/start-server.js";

/** A session of one run, as the provider host has one: with the owner's token, at the server or at a proxy before it. */
export function sessionTo(server: TestServer, url = server.url, environment: Readonly<Record<string, string>> = {}): Session {
  return new Session({ name: "main", system: "gatehouse", url }, { GATEHOUSE_TOKEN: server.token, ...environment });
}
