import { MergeRequestNotes, Users } from "@gitbeaker/rest";
import type { Comment, Forge, ForgePlatform, ForgeTarget } from "./forge.js";
import { type ForgeFetch, forgeFetch } from "./forge-fetch.js";
import { isMarked } from "./marker.js";

const PER_PAGE = 100;

/** The notes of a merge request on GitLab. */
export function gitlabForge(platform: ForgePlatform, target: ForgeTarget): Forge {
  const requesterFn = requesterOn(forgeFetch(platform, target));
  const connection = { host: target.api.href.replace(/\/(api\/v4\/?)?$/, ""), token: target.token, queryTimeout: null, requesterFn };
  const notes = new MergeRequestNotes(connection);
  const users = new Users(connection);
  const { repository, pullRequest } = target;
  let own: Promise<number> | undefined;

  return {
    limitCharacters: platform.limitCharacters,
    find: async (marker) => {
      own ??= users.showCurrentUser().then(({ id }) => id);
      const ownId = await own;
      const all = await notes.all(repository, pullRequest, { sort: "asc", orderBy: "created_at", perPage: PER_PAGE });
      return all
        .filter(({ author, body, system }) => !system && author.id === ownId && isMarked(body, marker))
        .map(commentOf)
        .toSorted((a, b) => a.id - b.id);
    },
    create: async (body) => commentOf(await notes.create(repository, pullRequest, body)),
    update: async (id, body) => commentOf(await notes.edit(repository, pullRequest, id, { body })),
    remove: (id) => notes.remove(repository, pullRequest, id),
  };
}

function commentOf({ id, body }: { readonly id: number; readonly body: string }): Comment {
  return { id, body };
}

type RequesterFn = NonNullable<NonNullable<ConstructorParameters<typeof Users>[0]>["requesterFn"]>;
type Options = NonNullable<Parameters<ReturnType<RequesterFn>["get"]>[1]>;

/**
 * Gitbeaker's own requester follows redirects with the token and sends a POST again that may have been carried out; so it is given
 * this one.
 */
function requesterOn(send: ForgeFetch): RequesterFn {
  return ({ url, headers, authHeaders }) => {
    const base = url.endsWith("/") ? url : `${url}/`;
    const requestWith =
      (method: string) =>
      async (endpoint: string, { searchParams = {}, body }: Options = {}) => {
        const address = new URL(endpoint, base);
        for (const [name, value] of Object.entries(searchParams)) {
          if (value !== undefined) address.searchParams.set(snakeCase(name), String(value));
        }
        const secrets = await Promise.all(Object.entries(authHeaders).map(async ([name, value]) => [name, await value()] as const));
        const json = body === undefined || Object.keys(body).length === 0 ? undefined : JSON.stringify(body);
        const type = json === undefined ? {} : { "content-type": "application/json" };
        const all = { accept: "application/json", "user-agent": "gatehouse", ...headers, ...type, ...Object.fromEntries(secrets) };
        const answer = await send(address, { method, headers: all, body: json });
        const text = await answer.text();
        const parsed = text === "" ? null : (JSON.parse(text) as unknown);
        // The caller says what it expects; nothing here can know.
        return { body: parsed as never, headers: Object.fromEntries(answer.headers), status: answer.status };
      };
    return {
      get: requestWith("GET"),
      post: requestWith("POST"),
      put: requestWith("PUT"),
      patch: requestWith("PATCH"),
      delete: requestWith("DELETE"),
    };
  };
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
