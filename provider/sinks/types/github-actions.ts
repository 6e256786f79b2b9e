import { Octokit } from "@octokit/rest";
import { integer, list, oneOf } from "../../../schema/field.js";
import { defineSinkType } from "../define-sink-type.js";
import { optionalModule } from "../optional-module.js";
import { secretValue } from "../secret-value.js";
import { address, secretSource } from "../setting-fields.js";
import { sinkFetch } from "../sink-fetch.js";
import { filled, type NameRule, template } from "../template.js";

const MODULE = "libsodium-wrappers";
const GITHUB = "https://api.github.com";
const silent = () => undefined;

/** GitHub writes names of secrets in capitals, and compares them so. */
const SECRET_NAME: NameRule = {
  name: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  described:
    "small letters, digits and single hyphens between them, which GitHub's names are made of (`checkout-prod` becomes CHECKOUT_PROD)",
  around: "A-Z0-9_",
  between: "__",
  whole: "(?![0-9{])(?!GITHUB_)",
  written: (name) => name.toUpperCase().replaceAll("-", "_"),
};

const REPOSITORY: NameRule = {
  name: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  described: "small letters, digits and single hyphens",
  around: "A-Za-z0-9_./-",
  between: "--",
  whole: "(?=[A-Za-z0-9][A-Za-z0-9-]*/[^/]+$)(?!.*/\\.{1,2}$)",
};

const ENVIRONMENT: NameRule = {
  name: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  described: "small letters, digits and single hyphens",
  around: "A-Za-z0-9_.-",
  between: "--",
  whole: "(?!\\.{1,2}$)",
};

/** A secret of GitHub Actions: of a repository, of one of its environments, or of an organization. It cannot be read back there. */
export const githubActions = defineSinkType("github-actions", {
  title: "GitHub Actions",
  modules: [MODULE],
  settings: {
    /** Repository (`acme/checkout`, `acme/{project}`). Either `repository` or `organization` is given. */
    repository: template(REPOSITORY, { optional: true }),
    /** Environment of the repository, such as `{environment}`; the repository as a whole when absent. */
    environment: template(ENVIRONMENT, { optional: true }),
    /** Organization whose secret it is. */
    organization: template({ ...ENVIRONMENT, around: "A-Za-z0-9-" }, { optional: true }),
    /** Who sees a secret of the organization: its private repositories (when absent), all, or those in `repositoryIds`. */
    visibility: oneOf(["private", "all", "selected"], { optional: true }),
    /** Ids of the repositories that see the secret of the organization. */
    repositoryIds: list(integer({ minimum: 1 }), { optional: true }),
    /** Name of the secret, such as `AI_{project}__{key}`. Names in it are written in capitals, with `_` for hyphens. */
    name: template(SECRET_NAME),
    /** Token that may write secrets there. */
    token: secretSource(),
    /** Address of the API; GitHub's own when absent. */
    api: address({ optional: true }),
  },
  rules: ({ repository, environment, organization, visibility, repositoryIds }) => [
    ...((repository === undefined) === (organization === undefined)
      ? [{ property: "repository", reason: "give repository or organization: it says whose secret it is" }]
      : []),
    ...(organization !== undefined && environment !== undefined
      ? [{ property: "environment", reason: "is of a repository: a secret of an organization has none" }]
      : []),
    ...(organization === undefined && visibility !== undefined
      ? [{ property: "visibility", reason: "is of secrets of an organization: remove it" }]
      : []),
    ...((visibility === "selected") === (repositoryIds === undefined)
      ? [{ property: "repositoryIds", reason: "goes with visibility: selected, and only with it" }]
      : []),
  ],
  faultOf: (error) => {
    const { status, message, response } = error as { status?: number; message?: string; response?: { headers?: Record<string, string> } };
    return status === undefined ? undefined : { status, said: message, requestId: response?.headers?.["x-github-request-id"] };
  },
  open: async (settings, environment) => {
    const { default: sodium } = await optionalModule(MODULE, () => import("libsodium-wrappers"));
    const api = settings.api ?? GITHUB;
    const seal = async (secret: string, publicKey: string): Promise<string> => {
      await sodium.ready;
      const { ORIGINAL } = sodium.base64_variants;
      return sodium.to_base64(sodium.crypto_box_seal(secret, sodium.from_base64(publicKey, ORIGINAL)), ORIGINAL);
    };
    return {
      deliver: async (place, secret) => {
        const secret_name = filled(settings.name, SECRET_NAME, place);
        const { repository, organization, environment: environmentName } = settings;
        const octokit = new Octokit({
          auth: secretValue(settings.token, environment),
          baseUrl: api.replace(/\/$/, ""),
          userAgent: "gatehouse",
          request: { fetch: sinkFetch(api, environment) },
          log: { debug: silent, info: silent, warn: silent, error: silent },
        });
        const { actions } = octokit.rest;
        const sealed = async ({ data }: { data: { key: string; key_id: string } }) => ({
          secret_name,
          encrypted_value: await seal(secret, data.key),
          key_id: data.key_id,
        });
        if (organization !== undefined) {
          const org = filled(organization, ENVIRONMENT, place);
          const { visibility = "private", repositoryIds } = settings;
          const seen = { visibility, ...(repositoryIds ? { selected_repository_ids: repositoryIds } : {}) };
          await actions.createOrUpdateOrgSecret({ org, ...seen, ...(await sealed(await actions.getOrgPublicKey({ org }))) });
          return { place: `${org}: ${secret_name}` };
        }
        const [owner = "", repo = ""] = filled(repository ?? "", REPOSITORY, place).split("/");
        if (environmentName === undefined) {
          await actions.createOrUpdateRepoSecret({ owner, repo, ...(await sealed(await actions.getRepoPublicKey({ owner, repo }))) });
          return { place: `${owner}/${repo}: ${secret_name}` };
        }
        const at = { owner, repo, environment_name: filled(environmentName, ENVIRONMENT, place) };
        await actions.createOrUpdateEnvironmentSecret({ ...at, ...(await sealed(await actions.getEnvironmentPublicKey(at))) });
        return { place: `${owner}/${repo}, environment ${at.environment_name}: ${secret_name}` };
      },
    };
  },
});
