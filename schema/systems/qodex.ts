// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Qodex writes variables like this.
import type { Problem } from "../kind.js";
import { type Dialect, type FieldDialect, words } from "./dialect.js";
import type { RoleTable } from "./roles.js";

type Values = Readonly<Record<string, unknown>>;

/** Other names for members of an object. */
function members(names: Readonly<Record<string, string>>): Omit<FieldDialect, "name"> {
  const renamed = (table: Readonly<Record<string, string>>) => (value: unknown) =>
    Object.fromEntries(Object.entries(value as Values).map(([name, item]) => [table[name] ?? name, item]));
  return { toWire: renamed(names), fromWire: renamed(Object.fromEntries(Object.entries(names).map(([ours, theirs]) => [theirs, ours]))) };
}

/** Qodex documents no management call: the paths follow its web routes, the names its examples. */
export const DIALECT: Dialect = {
  prefix: "/api",
  casing: "camel",
  kinds: {
    ProjectMember: { fields: { user: { name: "email" }, role: words({ admin: "Admin", member: "Member" }) } },
    Environment: {
      fields: {
        login: { name: "apiLoginConfig" },
        constraints: members({ allowDestructive: "allowDestructiveTests", allowSecurity: "allowSecurityTesting" }),
      },
    },
    ProviderCredential: { path: "/byok", fields: { value: { name: "apiKey" } } },
    ApiKey: { path: "/api-keys" },
    Alert: { path: "/schedules", fields: { enabled: { name: "active" } } },
  },
};

/** What Qodex has of each kind. */
export const FIELDS = {
  Project: ["name", "slug", "description", "status"],
  ProjectMember: ["project", "user", "role"],
  Environment: [
    "project",
    "name",
    "baseUrl",
    "apiBaseUrl",
    "variables",
    "authToken",
    "authPassword",
    "login",
    "uiLoginSteps",
    "authProfiles",
    "constraints",
  ],
  ProviderCredential: ["name", "provider", "project", "value"],
  ApiKey: ["name", "project", "rotate"],
  Alert: ["name", "project", "channel.webhook", "schedule", "notifyOn", "enabled"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const ROLES: RoleTable = {
  organization: {
    // an account sees no project without a membership. Its creator administers a project.
    user: { organization: ["createProjects"], everyProject: [], roleOfCreator: "admin" },
  },
  project: {
    //
    admin: { capabilities: ["view", "callModels", "manageKeys", "manageMembers", "configure", "delete"] },
    // Q-39; of keys a member has its own.
    member: { capabilities: ["view", "callModels"] },
  },
};

/** What begins a key of OpenAI, the one provider there is. */
export const PROVIDER_KEY = /^sk-\S+$/;

/** What chooses the scenarios of a scheduled run, by its type. */
const CHOICES = { tagged: "tags", selected: "scenarios" } as const;

/** A run of a type that chooses needs its choice, and a choice of another type would choose nothing. */
export function choiceProblems(schedule: unknown): readonly Problem[] {
  const given = (schedule ?? {}) as Values;
  return Object.entries(CHOICES).flatMap(([runType, choice]) => {
    const [isChosen, isGiven] = [given.runType === runType, given[choice] !== undefined];
    if (isChosen === isGiven) return [];
    const reason = isGiven ? `choose nothing without runType: ${runType}` : `are missing: a run of the type ${runType} needs them`;
    return [{ property: `schedule.${choice}`, reason }];
  });
}

/** the address of each login, with its variables filled in, must be absolute. */
export function loginProblems(environment: Values): readonly Problem[] {
  const profiles = Object.entries((environment.authProfiles ?? {}) as Readonly<Record<string, Values>>);
  const logins = [
    ["login", environment.login],
    ...profiles.map(([name, profile]) => [`authProfiles.${name}.login`, profile.login]),
  ] as const;
  return logins.flatMap(([path, login]) => {
    const { url } = (login ?? {}) as { url?: unknown };
    if (typeof url !== "string" || isAbsolute(substituted(url, environment))) return [];
    return [{ property: `${path}.url`, reason: "must be an absolute URL once its variables are filled in, such as ${baseUrl}/login" }];
  });
}

/** A text with the environment's variables in it, as `${name}` or `${UPPER_SNAKE}`. What no variable names stays. */
function substituted(text: string, environment: Values): string {
  const { baseUrl, apiBaseUrl = baseUrl, variables = {} } = environment;
  const known: Values = { baseUrl, apiBaseUrl, ...(variables as Values) };
  const upper = Object.fromEntries(Object.entries(known).map(([name, value]) => [upperSnake(name), value]));
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => String(known[name] ?? upper[name] ?? whole));
}

function upperSnake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
}

function isAbsolute(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && !url.includes("${");
}
