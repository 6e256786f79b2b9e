import { filledIn, isEmpty, memberNames, USUAL_PROVIDER } from "./channel-providers.js";
import type { WireChannel } from "./wire.js";

type Values = Readonly<Record<string, unknown>>;

/** Everything that is known of a channel, secrets included, as a declaration names it. */
export function membersOf({ provider, ...channel }: WireChannel): Values {
  return withoutEmpty({ provider, ...Object.fromEntries(memberNames(provider).map(([ours, theirs]) => [ours, channel[theirs]])) });
}

/** A channel as the server keeps it, by what is declared of it. */
export function newChannel(id: string, { provider = USUAL_PROVIDER, ...given }: Values): WireChannel {
  return withMembers({ id }, String(provider), { ...filledIn(provider, given), ...given });
}

/** A change laid over what is there, with all that nobody declared. A null clears. What Gatehouse fills in, it fills in for what is new. */
export function changedChannel(now: WireChannel, change: Values): WireChannel {
  const { provider: former, ...before } = membersOf(now);
  const { provider: given = former, ...members } = change;
  const provider = given ?? USUAL_PROVIDER;
  const after = { ...before, ...members };
  const formerly = filledIn(former, before);
  const isNew = (name: string) => provider !== former || change[name] === null || formerly[name] === undefined;
  const added = Object.entries(filledIn(provider, after)).filter(([name]) => isEmpty(after[name]) && isNew(name));
  const formerNames = memberNames(former).map(([, theirs]) => theirs);
  const rest = Object.fromEntries(Object.entries(now).filter(([name]) => !formerNames.includes(name))) as WireChannel;
  return withMembers(rest, String(provider), { ...after, ...Object.fromEntries(added) });
}

function withMembers(rest: WireChannel, provider: string, members: Values): WireChannel {
  const own = Object.fromEntries(memberNames(provider).map(([ours, theirs]) => [theirs, members[ours]]));
  return { ...rest, provider, ...withoutEmpty(own) };
}

function withoutEmpty(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}
