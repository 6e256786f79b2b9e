import { codeOf, connectGoogle } from "../clients/google.js";
import { defineSinkType } from "../define-sink-type.js";
import type { Fault } from "../fault.js";
import { newestVersionSink } from "../newest-version.js";
import { optionalModule } from "../optional-module.js";
import { portableNames } from "../portable-names.js";
import { address, matching } from "../setting-fields.js";
import { filled, template } from "../template.js";

const MODULE = "@google-cloud/secret-manager";

/** Letters, digits, hyphens and underscores. No name is written with an underscore. */
const NAMES = portableNames({ around: "A-Za-z0-9_-", between: "_", word: /^[A-Za-z0-9-]+$/, maxLength: 255 });
const DEFAULT_NAME = "gatehouse_{project}_{key}";

/** Codes of gRPC that say that nothing was done, and the HTTP status of each. Any other leaves open what was done. */
const REFUSALS: Readonly<Record<number, number>> = { 3: 400, 5: 404, 6: 409, 7: 403, 8: 429, 9: 400, 11: 400, 12: 404, 16: 401 };

const ACCESS =
  "The identity that Gatehouse runs as needs secretmanager.versions.add and secretmanager.secrets.create in the project, to go back to a " +
  "former secret also secretmanager.versions.access, and credentials where the SDK of Google looks for them (Application Default Credentials).";

/** A secret of Google Secret Manager, with automatic replication where it is made. The newest version is the one in use. */
export const googleSecretManager = defineSinkType("google-secret-manager", {
  title: "Google Secret Manager",
  modules: [MODULE],
  settings: {
    /** Id of the Google Cloud project that holds the secrets. */
    project: matching("^[a-z][a-z0-9.:-]*$", "the id of a project like acme-ai"),
    /** Name of the secret; `gatehouse_{project}_{key}` when absent. */
    name: template(NAMES, { optional: true }, DEFAULT_NAME),
    /** Where the service answers when not at Google's own address; called without credentials when that is http on this machine. */
    endpoint: address({ optional: true }),
  },
  faultOf,
  async open({ name = DEFAULT_NAME, ...service }, environment) {
    const sdk = await optionalModule(MODULE, () => import("@google-cloud/secret-manager"));
    const { nameOf: placeOf, add, read } = connectGoogle(sdk, { ...service, access: ACCESS }, environment);
    return newestVersionSink({ nameOf: (place) => filled(name, NAMES, place), placeOf, add, read });
  },
});

function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined;
  const said = (error as { readonly details?: string }).details || error.message;
  const status = REFUSALS[codeOf(error) ?? -1];
  return { status, said, ...(status === 401 || status === 403 ? { advice: ACCESS } : {}) };
}
