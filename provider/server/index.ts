import type { AddressInfo } from "node:net";
import { buildApp } from "./app.js";
import { bootstrap } from "./bootstrap.js";
import { profileNamed } from "./profiles/index.js";
import type { Plan } from "./profiles/profile.js";
import { openStore } from "./store/store.js";

export type { Plan } from "./profiles/profile.js";

export interface ServerOptions {
  /** Port on 127.0.0.1; 0 picks a free one. Default 8787. */
  readonly port?: number;
  /** SQLite file that keeps everything; in memory when absent. */
  readonly dataFile?: string;
  /** Plan of the organization, at the first start on a data file. Default "pro". */
  readonly plan?: Plan;
  /** Token of the first owner, at the first start on a data file. Random when absent. */
  readonly bootstrapToken?: string;
  /** E-mail address of the first person, on profiles with logins; the bootstrap token is the password then. */
  readonly bootstrapEmail?: string;
  /** Overlapping writes lose data while they are answered as done, on profiles whose system does so. Default false. */
  readonly lostWrites?: boolean;
  /** System whose rules hold. Default "gatehouse". */
  readonly profile?: string;
  /** The time. */
  readonly now?: () => Date;
  /** Gets a line for each answer and each defect. Nothing is logged when absent. */
  readonly log?: (line: string) => void;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Only at the first start on a data file: show it once, it is not kept. */
  readonly bootstrapToken?: string;
  /** Whom to log in as with the bootstrap token as password, on profiles with logins; at the first start only. */
  readonly bootstrapEmail?: string;
  /** Finishes requests in flight and closes the data file. */
  close(): Promise<void>;
}

/**
 * Starts the embedded control plane on 127.0.0.1.
 * Throws when the profile is unknown, the port is taken, or the data file is not one that this version and profile wrote.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { port = 8787, dataFile, plan = "pro", now = () => new Date(), log = () => {} } = options;
  const profile = profileNamed(options.profile ?? "gatehouse");
  const store = openStore(dataFile);
  try {
    const { bootstrapEmail: email, bootstrapToken: token, lostWrites = false } = options;
    const bootstrapToken = bootstrap({ store, profile, now: now(), plan, token, email });
    const hasLogin = bootstrapToken !== undefined && profile.makeFirstLogin !== undefined;
    const app = await (profile.buildApp ?? buildApp)({ store, profile, now, lostWrites }, log);
    await app.listen({ port, host: "127.0.0.1" });
    const address = app.server.address() as AddressInfo;
    let closing: Promise<void> | undefined;
    return {
      url: `http://127.0.0.1:${address.port}`,
      port: address.port,
      ...(bootstrapToken !== undefined && { bootstrapToken }),
      ...(hasLogin && { bootstrapEmail: email ?? profile.bootstrapOwner.user }),
      close: () => {
        closing ??= app.close().then(() => store.close());
        return closing;
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
