import { REMOTE_KINDS } from "../../schema/kinds/index.js";
import type { Context } from "./context.js";
import { randomToken } from "./hashes.js";
import { insertObject } from "./objects/insert-object.js";
import type { Plan, Profile } from "./profiles/profile.js";
import type { Store } from "./store/store.js";

interface FirstStart {
  readonly store: Store;
  readonly profile: Profile;
  readonly now: Date;
  readonly plan: Plan;
  readonly token: string | undefined;
  /** E-mail address of the first person, where the profile has logins. */
  readonly email: string | undefined;
}

/**
 * Makes what is there before anybody declares anything: the organization, its Default project, its first owner.
 * Gives the owner's token, or the password of the profile's first login, at the first start only. Throws when the data file was written under another profile.
 */
export function bootstrap({ store, profile, now, plan, token, email }: FirstStart): string | undefined {
  const known = store.setting("profile");
  if (known !== undefined) {
    if (known !== profile.name)
      throw new Error(`the data file was written under the profile "${known}", not "${profile.name}": name another data file`);
    return undefined;
  }
  if (token !== undefined && !/^\S+$/.test(token)) throw new Error("the bootstrap token must be one word without spaces");
  const secret = token ?? randomToken(profile.tokenPrefixes.management);
  const context: Context = { store, profile, now, actor: { memberId: "", user: "system", role: "" } };
  store.transaction(() => {
    store.setSetting("profile", profile.name);
    const { makeFirstLogin } = profile;
    if (makeFirstLogin !== undefined) return makeFirstLogin(store, email ?? profile.bootstrapOwner.user, secret);
    insertObject(context, { kind: "Organization", body: { name: "Gatehouse", plan }, builtIn: true });
    for (const kind of REMOTE_KINDS.filter((k) => k.singleton && k.name !== "Organization")) {
      insertObject(context, { kind: kind.name, body: {}, builtIn: true });
    }
    if (profile.defaultProject !== undefined) {
      const { id, ...body } = profile.defaultProject;
      insertObject(context, { kind: "Project", id, body: { status: "active", ...body }, builtIn: true });
    }
    const owner = insertObject(context, {
      kind: "OrganizationMember",
      body: { ...profile.bootstrapOwner, status: "active" },
      builtIn: true,
    });
    store.credentials.add({ purpose: "management", secret, subject: owner.id, name: "bootstrap", now });
  });
  return secret;
}
