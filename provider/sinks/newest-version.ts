import { Refused } from "../errors.js";
import { formerVersion } from "./former-version.js";
import { withReadSecret } from "./read-secret.js";
import type { KeyPlace, Sink } from "./sink.js";

/** A vendor that keeps every version of a secret and hands out the newest. */
export interface VersionedStore {
  nameOf(place: KeyPlace): string;
  /** Where the secret of this name is, for people. */
  placeOf(name: string): string;
  /** Adds a version, and the secret when it is missing. Gives the version's name. */
  add(name: string, secret: string): Promise<string | undefined>;
  /** Value of a version. */
  read(name: string, version: string): Promise<string | undefined>;
}

/** A sink in such a store. No version there can be made the newest again: to go back, the former value is added once more. */
export function newestVersionSink({ nameOf, placeOf, add, read }: VersionedStore): Sink {
  const deliver = async (name: string, secret: string) => {
    const version = await add(name, secret);
    return { place: placeOf(name), ...(version === undefined ? {} : { version }) };
  };
  return {
    deliver: (place, secret) => deliver(nameOf(place), secret),
    async restore(place, former) {
      const name = nameOf(place);
      const version = formerVersion(former, placeOf(name));
      const secret = await read(name, version);
      if (secret) return withReadSecret(secret, () => deliver(name, secret));
      throw new Refused({ what: `version ${version} of ${placeOf(name)} holds nothing`, advice: "Rotate the key instead." });
    },
  };
}
