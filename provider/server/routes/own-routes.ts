import type { FastifyInstance } from "fastify";
import { anyintGateway } from "../profiles/anyint-gateway.js";
import { floopyConstraints } from "../profiles/floopy-constraints.js";
import { olyxInvites } from "../profiles/olyx-invites.js";
import { olyxTraces } from "../profiles/olyx-traces.js";
import type { Profile } from "../profiles/profile.js";
import { qodexAccounts } from "../profiles/qodex-accounts.js";
import { qodexRuns } from "../profiles/qodex-runs.js";
import type { Service } from "./service.js";

type Routes = (app: FastifyInstance, service: Service) => void;

/** Routes that a profile has besides the general ones, by its name. */
const OWN: Readonly<Record<string, readonly Routes[]>> = {
  floopy: [floopyConstraints],
  olyx: [olyxInvites, olyxTraces],
  anyint: [anyintGateway],
  qodex: [qodexAccounts, qodexRuns],
};

export function ownRoutesOf({ name }: Pick<Profile, "name">): readonly Routes[] {
  return OWN[name] ?? [];
}
