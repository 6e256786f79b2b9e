import { CredentialRefused, InvalidInput } from "../errors.js";
import type { Environment } from "../http/settings.js";
import { apiAddress } from "./api-address.js";
import type { Forge, ForgeOptions, ForgePlatform } from "./forge.js";
import { FORGES, type ForgeName, PLATFORMS } from "./platforms.js";

const DEFAULT_TIMEOUT_MS = 30_000;

/** The platform that is named, else the one whose job this is. */
export function platformOf(named: ForgeName | undefined, environment: Environment): ForgePlatform | undefined {
  const name = named ?? FORGES.find((one) => PLATFORMS[one].isAt(environment));
  return name === undefined ? undefined : PLATFORMS[name];
}

/**
 * The pull or merge request that the options name, else the one that the job runs for. The token comes from the environment only.
 * @throws InvalidInput with everything that is missing or wrong, and CredentialRefused without a token
 */
export async function openForge(named: ForgeName | undefined, options: ForgeOptions, environment: Environment): Promise<Forge> {
  const platform = platformOf(named, environment);
  if (platform === undefined) {
    const what = "this job is neither one of GitHub Actions nor one of GitLab CI";
    throw new InvalidInput({ what, advice: "Give --forge github or --forge gitlab, --repository and --pull-request; or --dry-run." });
  }
  const repository = options.repository ?? platform.repositoryIn(environment);
  const pullRequest = options.pullRequest ?? platform.pullRequestIn(environment);
  const api = options.apiUrl ?? (environment[platform.apiVariable] || platform.defaultApi);
  const address = apiAddress(api);
  const problems = [
    repository === undefined ? "the repository is not known" : platform.repositoryProblem(repository)?.replace(/^/, "the repository "),
    pullRequest === undefined ? "the number of the pull request is not known" : undefined,
    typeof address === "string" ? `the address of the API ${address}` : undefined,
  ].filter((problem) => problem !== undefined);
  if (repository === undefined || pullRequest === undefined || typeof address === "string" || problems.length > 0) {
    const advice = `Give --repository, --pull-request and --api-url, or set ${platform.variables}, and ${platform.apiVariable}.`;
    throw new InvalidInput({ subject: platform.title, what: problems.join("; "), advice });
  }
  const token = environment[platform.tokenVariable];
  if (!token) {
    const what = `needs its token in the environment variable ${platform.tokenVariable}, which is not set`;
    throw new CredentialRefused({ subject: platform.title, what, advice: platform.permission });
  }
  const timeoutMs = Number(environment.GATEHOUSE_TIMEOUT_MS) || DEFAULT_TIMEOUT_MS;
  return platform.open({ api: address, token, repository, pullRequest, timeoutMs });
}
