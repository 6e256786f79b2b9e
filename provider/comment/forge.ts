import type { Environment } from "../http/settings.js";

/** A comment that Gatehouse wrote on a pull or merge request. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  /** Page with the comment, where the platform names one. */
  readonly url?: string | undefined;
}

/** One pull or merge request of a platform, as far as its comments are concerned. Every call throws GatehouseError when it fails. */
export interface Forge {
  /** Longest comment that the platform takes, in characters. */
  readonly limitCharacters: number;
  /**
   * Every comment that begins with the marker and was written by the token's own user, the oldest first. Whoever else writes the
   * marker is not heard: his comment is neither changed nor taken for ours.
   */
  find(marker: string): Promise<readonly Comment[]>;
  create(body: string): Promise<Comment>;
  /** Throws NotFound when the comment is gone. */
  update(id: number, body: string): Promise<Comment>;
  /** Throws NotFound when the comment is gone. */
  remove(id: number): Promise<void>;
}

/** Which request is commented, and how its platform is reached. */
export interface ForgeTarget {
  /** Base of the platform's API, without a slash at its end: https, or loopback. */
  readonly api: URL;
  readonly token: string;
  /** `owner/name` on GitHub; the number or the full path of the project on GitLab. */
  readonly repository: string;
  /** Number of the pull request, or the merge request's number within its project. */
  readonly pullRequest: number;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** What a person may say instead of the environment of the job. */
export interface ForgeOptions {
  readonly repository?: string | undefined;
  readonly pullRequest?: number | undefined;
  readonly apiUrl?: string | undefined;
}

/** A platform: what its jobs say of themselves, and how it is opened. */
export interface ForgePlatform {
  /** As people write it. */
  readonly title: string;
  readonly limitCharacters: number;
  readonly tokenVariable: string;
  readonly apiVariable: string;
  readonly defaultApi: string;
  /** What a token must be allowed to do, for one who was refused. */
  readonly permission: string;
  /** Variable or variables that name the repository and the request, for one who has neither them nor the options. */
  readonly variables: string;
  /** True in a job of this platform. */
  isAt(environment: Environment): boolean;
  repositoryIn(environment: Environment): string | undefined;
  pullRequestIn(environment: Environment): number | undefined;
  /** What is wrong with the name of a repository. */
  repositoryProblem(repository: string): string | undefined;
  open(target: ForgeTarget): Promise<Forge>;
}
