import type { ValueOf } from "../../../schema/field.js";
import type { Problem } from "../../../schema/kind.js";
import type { alert } from "../../../schema/kinds/alert.js";

type Values = Readonly<Record<string, unknown>>;
type Member = keyof ValueOf<typeof alert.fields.channel>;

/** What a channel of one provider has. The server stores anything, and what a provider does not read sends nothing. */
interface ChannelProvider {
  readonly needs: readonly Member[];
  readonly takes: readonly Member[];
  /** Names that Routerly gives to members, where it has its own. */
  readonly renamed: Readonly<Partial<Record<Member, string>>>;
  /** What stands where nothing is declared, because the server fills in nothing. */
  readonly filledIn?: (given: Values) => Values;
}

const SMTP_WITH_TLS = 465;

const CHANNEL_PROVIDERS: Readonly<Record<string, ChannelProvider>> = {
  webhook: { needs: ["webhook"], takes: ["method", "secret"], renamed: { webhook: "url" }, filledIn: () => ({ method: "POST" }) },
  smtp: {
    needs: ["fromAddress", "host", "port"],
    takes: ["fromName", "secure", "username", "secret"],
    renamed: { secret: "password" },
    filledIn: ({ port, secret, fromAddress }) => ({
      secure: port === SMTP_WITH_TLS,
      // A server that wants a password wants the sender's.
      ...(isEmpty(secret) ? {} : { username: fromAddress }),
    }),
  },
  ses: { needs: ["fromAddress", "region"], takes: ["fromName", "accessKeyId", "secret"], renamed: { secret: "secretAccessKey" } },
  sendgrid: { needs: ["fromAddress", "secret"], takes: ["fromName"], renamed: { secret: "apiKey" } },
  azure: { needs: ["fromAddress", "secret"], takes: ["fromName"], renamed: { secret: "connectionString" } },
  google: {
    needs: ["fromAddress", "clientId", "secret", "refreshToken"],
    takes: ["fromName"],
    renamed: { secret: "clientSecret" },
  },
};

export const CHANNEL_PROVIDER_NAMES = Object.keys(CHANNEL_PROVIDERS);
/** The provider of a channel that names none. */
export const USUAL_PROVIDER = "webhook";

/** Members that a channel of some provider has. */
export const CHANNEL_MEMBERS = [...new Set(Object.values(CHANNEL_PROVIDERS).flatMap(({ needs, takes }) => [...needs, ...takes]))];

/** Names of the members of a provider's channel: as declared, and as Routerly writes them. None for a provider that is not known. */
export function memberNames(provider: unknown): readonly (readonly [ours: Member, theirs: string])[] {
  const { needs = [], takes = [], renamed = {} } = CHANNEL_PROVIDERS[String(provider)] ?? {};
  return [...needs, ...takes].map((ours) => [ours, renamed[ours] ?? ours]);
}

export function filledIn(provider: unknown, given: Values): Values {
  return CHANNEL_PROVIDERS[String(provider)]?.filledIn?.(given) ?? {};
}

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null;
}

/** What is missing in a channel, and what its provider would not read. What is taken over may be there in part. */
export function channelRules({ channel, adopt }: Values): readonly Problem[] {
  const { provider = USUAL_PROVIDER, ...members } = (channel ?? {}) as Values;
  const known = CHANNEL_PROVIDERS[String(provider)];
  if (channel === undefined || known === undefined) return [];
  const { needs, takes } = known;
  const all = [...needs, ...takes];
  const isTakenOver = adopt === "ifExists" || adopt === "require";
  const missing = isTakenOver ? [] : needs.filter((name) => members[name] === undefined);
  const foreign = CHANNEL_MEMBERS.filter((name) => members[name] !== undefined && !all.includes(name));
  return [
    ...missing.map((name) => ({
      property: `channel.${name}`,
      reason: `is missing: a channel of Routerly's provider ${String(provider)} needs ${needs.join(", ")}`,
    })),
    ...foreign.map((name) => ({
      property: `channel.${name}`,
      reason: `is nothing that Routerly's provider ${String(provider)} reads: it has ${all.join(", ")}; name another provider, or leave it out`,
    })),
  ];
}
