import type { Kind } from "../../schema/kind.js";
import { EXIT, GatehouseError, retold } from "../errors.js";
import type { Adapter, ObjectApi } from "./adapter.js";
import { guessOf, supportOf } from "./support.js";

/** The same objects, whose errors say where nobody but us says that there is such a call (DESIGN.md §8). */
export function tellingGuesses(adapter: Adapter, kind: Kind, api: ObjectApi): ObjectApi {
  const support = supportOf(adapter, kind);
  const guess = "lacking" in support ? undefined : guessOf(support);
  if (guess === undefined) return api;
  const told = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      throw isAnswer(error) ? asGuess(error, guess.why) : error;
    }
  };
  return {
    list: (owner) => told(api.list(owner)),
    fetch: (owner, id) => told(api.fetch(owner, id)),
    create: (owner, values) => told(api.create(owner, values)),
    update: (owner, id, changes) => told(api.update(owner, id, changes)),
    remove: (owner, id) => told(api.remove(owner, id)),
    renewSecret: (owner, id) => told(api.renewSecret(owner, id)),
  };
}

/** False for what was refused on this side, before anything was guessed. */
function isAnswer(error: unknown): error is GatehouseError {
  return error instanceof GatehouseError && error.exitCode === EXIT.failed;
}

function asGuess(error: GatehouseError, why: string): GatehouseError {
  const { what, advice } = error.parts;
  const ways = "Where the guess is wrong, write transport: dashboard on the control plane, where a person does it.";
  return retold(error, { what: `${what}; calls for it are assumed (${why})`, advice: [advice, ways].filter(Boolean).join(" ") });
}
