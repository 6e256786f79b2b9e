import { AlreadyExists } from "../../errors.js";
import type { Client } from "../../http/client.js";
import type { ObjectApi, Remote } from "../adapter.js";
import { limitsFromWire, limitsToWire } from "./limits.js";
import { noSecret } from "./no-secret.js";
import { projectPath } from "./project-body.js";
import { atServer, type Turn } from "./server.js";
import type { WireModelOverride, WireProject, WireToken } from "./wire.js";

type Values = Readonly<Record<string, unknown>>;

/** A token has no name at the server. The label with this prefix carries it, so that one whose answer was lost can be found. */
export const NAME_LABEL = "gatehouse:";

interface Made {
  readonly token: string;
  readonly tokenInfo: WireToken;
}

/** Tokens of projects. They cannot be renewed in place: a new secret is a new token. */
export function tokenObjects(client: Client): ObjectApi {
  const subject = (name: unknown) => `ApiKey "${String(name)}"`;

  return {
    list: () => atServer(client, "ApiKey", async (turn) => (await turn.list("Project")).flatMap(tokensIn)),
    fetch: (_owner, id) => atServer(client, subject(id), async (turn) => remoteOf(...(await found(turn, id)))),
    create: (_owner, values) =>
      atServer(client, subject(values.name), async (turn) => {
        const projectId = String(values.project);
        await refuseTwin(turn, projectId, values.name);
        const [made, project] = await turn.createAndFind<"Project", Made>(
          "Project",
          () =>
            turn.send("POST", `${projectPath(projectId)}/tokens`, "cannot be created", {
              labels: labelsToWire(values.name, values.labels),
            }),
          (one, { tokenInfo }) => (one.tokens ?? []).some(({ id }) => id === tokenInfo.id),
        );
        const created = { remote: remoteOf(project, made.tokenInfo), secrets: { token: made.token } };
        if (values.limits === undefined) return created;
        try {
          // a creation takes no limits. The token is there and its secret is known, whatever becomes of them.
          await put(turn, projectId, made.tokenInfo.id, { models: overridesToWire(values.limits) });
          return created;
        } catch (unfinished) {
          return { ...created, unfinished };
        }
      }),
    update: (_owner, id, changes) =>
      atServer(client, subject(id), async (turn) => {
        const [project, token] = await found(turn, id);
        const now = valuesOf(project, token);
        const labels = labelsToWire(changes.name ?? nameIn(token), changes.labels === undefined ? now.labels : changes.labels);
        const models = changes.limits === undefined ? (token.models ?? []) : overridesToWire(changes.limits);
        await put(turn, project.id, id, { labels, models });
      }),
    remove: (_owner, id) =>
      atServer(client, subject(id), async (turn) => {
        const [project] = await found(turn, id);
        const path = `${projectPath(project.id)}/tokens/${encodeURIComponent(id)}`;
        await turn.removeAndCheck(
          "Project",
          () => turn.remove(path),
          (one) => (one.tokens ?? []).some((token) => token.id === id),
        );
      }),
    renewSecret: noSecret("ApiKey"),
  };
}

/** The answer holds the token's full secret: nothing of it is looked at. */
async function put(turn: Turn, projectId: string, id: string, body: Values): Promise<void> {
  await turn.send("PUT", `${projectPath(projectId)}/tokens/${encodeURIComponent(id)}`, "cannot be changed", body);
}

async function found(turn: Turn, id: string): Promise<[WireProject, WireToken]> {
  const has = (project: WireProject) => (project.tokens ?? []).find((token) => token.id === id);
  const project = await turn.find("Project", "is in no project", (one) => has(one) !== undefined);
  return [project, has(project) as WireToken];
}

async function refuseTwin(turn: Turn, projectId: string, name: unknown): Promise<void> {
  const project = await turn.find("Project", "belongs to a project that is not there", (one) => one.id === projectId);
  const twin = (project.tokens ?? []).find(({ labels = [] }) => labels.includes(`${NAME_LABEL}${String(name)}`));
  if (twin !== undefined) {
    throw new AlreadyExists({ subject: `ApiKey "${String(name)}"`, what: `project "${project.name}" has a token with its label already` });
  }
}

function tokensIn(project: WireProject): Remote[] {
  return (project.tokens ?? []).map((token) => remoteOf(project, token));
}

function remoteOf(project: WireProject, token: WireToken): Remote {
  return { id: token.id, owner: undefined, builtIn: false, values: valuesOf(project, token) };
}

function nameIn({ labels = [] }: WireToken): string | undefined {
  return labels.find((label) => label.startsWith(NAME_LABEL))?.slice(NAME_LABEL.length);
}

/** A token that somebody made by hand is known by its id, of which its name is the beginning: a label is not written until it gets another. */
function valuesOf(project: WireProject, token: WireToken): Values {
  const { id, labels = [], models, tokenSnippet } = token;
  return {
    keyId: id,
    name: nameIn(token) ?? `token-${id.slice(0, 8)}`,
    project: project.id,
    labels: labels.filter((label) => !label.startsWith(NAME_LABEL)),
    limits: (models ?? []).map(overrideFromWire),
    ...(tokenSnippet === undefined ? {} : { maskedToken: `${tokenSnippet}…` }),
    status: "active",
  };
}

function labelsToWire(name: unknown, labels: unknown): string[] {
  const own = name === undefined || name === null ? [] : [`${NAME_LABEL}${String(name)}`];
  return [...own, ...(Array.isArray(labels) ? labels.map(String) : [])];
}

interface Override {
  readonly model: string;
  readonly mode?: string;
  readonly limits?: unknown;
}

function overridesToWire(limits: unknown): WireModelOverride[] {
  return ((limits ?? []) as Override[]).map(({ model, mode, limits: own }) => ({
    modelId: model,
    ...(mode === undefined ? {} : { limitsMode: mode }),
    ...(own === undefined ? {} : { limits: limitsToWire(own) }),
  }));
}

function overrideFromWire({ modelId, limitsMode, limits }: WireModelOverride): Override {
  return {
    model: modelId,
    ...(limitsMode === undefined ? {} : { mode: limitsMode }),
    ...(limits === undefined ? {} : { limits: limitsFromWire(limits) }),
  };
}
