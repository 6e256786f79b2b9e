import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { hashToken } from "../../hashes.js";
import type { Store } from "../../store/store.js";
import type { Records } from "./collections.js";
import { permissionsOf, type Sessions } from "./context.js";
import { unauthorized } from "./failures.js";
import type { UserRecord } from "./records.js";

const SESSION_MS = 60 * 60 * 1000;

export function sessionsOf(store: Store, records: Records, now: () => Date): Sessions {
  const key = store.setting("routerly.sessionKey") ?? randomBytes(32).toString("hex");
  store.setSetting("routerly.sessionKey", key);
  const signed = (payload: string) => createHmac("sha256", key).update(payload).digest("base64url");

  async function userOf(header: string | undefined): Promise<UserRecord | undefined> {
    const [, payload = "", signature = ""] = /^Bearer ([\w-]+)\.([\w-]+)$/.exec(header ?? "") ?? [];
    const [given, right] = [Buffer.from(signature), Buffer.from(signed(payload))];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    const { sub, exp } = JSON.parse(Buffer.from(payload, "base64url").toString()) as { sub: string; exp: number };
    if (exp <= now().getTime()) return undefined;
    return (await records.read("users")).find(({ id }) => id === sub);
  }

  return {
    tokenFor({ id, roleId }) {
      const payload = Buffer.from(JSON.stringify({ sub: id, role: roleId, exp: now().getTime() + SESSION_MS })).toString("base64url");
      return `${payload}.${signed(payload)}`;
    },
    async refreshTokenFor({ id }) {
      const token = randomBytes(40).toString("hex");
      await records.change("users", (users) => {
        const user = users.find((one) => one.id === id);
        if (user !== undefined) user.refreshTokenHash = hashToken(token);
      });
      return token;
    },
    async byRefreshToken(token) {
      if (typeof token !== "string") return undefined;
      const hash = hashToken(token);
      return (await records.read("users")).find((user) => user.refreshTokenHash === hash);
    },
    async callerOf(request) {
      const user = await userOf(request.headers.authorization);
      if (user === undefined) throw unauthorized();
      return { user, permissions: await permissionsOf(records, user) };
    },
  };
}
