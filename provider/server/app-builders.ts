import type { FastifyInstance } from "fastify";
import { buildApp } from "./app.js";
import type { Profile } from "./profiles/profile.js";
import { buildRouterlyApp } from "./profiles/routerly/app.js";
import { bootstrapRouterly } from "./profiles/routerly/first-start.js";
import type { Service } from "./routes/service.js";
import type { Store } from "./store/store.js";

type BuildApp = (service: Service, log: (line: string) => void) => Promise<FastifyInstance>;

/** Makes the first person of a data file, who logs in with this e-mail address and password. */
type MakeFirstLogin = (store: Store, email: string, password: string) => void;

/** Profiles whose paths and bodies are their system's own altogether, by name. */
const OWN: Readonly<Record<string, { readonly build: BuildApp; readonly makeFirstLogin: MakeFirstLogin }>> = {
  routerly: { build: buildRouterlyApp, makeFirstLogin: bootstrapRouterly },
};

/** The HTTP side of a profile. */
export function appBuilderOf(profile: Profile): BuildApp {
  return OWN[profile.name]?.build ?? buildApp;
}

/** How the first person comes to a profile with logins of its own; undefined where a bootstrap token does it. */
export function firstLoginOf(profile: Profile): MakeFirstLogin | undefined {
  return OWN[profile.name]?.makeFirstLogin;
}
