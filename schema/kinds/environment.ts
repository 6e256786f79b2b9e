import { flag, integer, list, map, object, oneOf, ref, secret, text } from "../field.js";
import { defineKind } from "../kind.js";

/** How a token is fetched over HTTP before requests are made. */
const httpLogin = object(
  {
    /** Address of the login call; absolute, and may hold variables (`${baseUrl}/login`). */
    url: text({ maxLength: 2048 }),
    /** HTTP method. POST when absent. */
    method: oneOf(["GET", "POST", "PUT", "PATCH"], { optional: true }),
    /** Headers of the login call. */
    headers: map(text({ maxLength: 2000 }), { optional: true }),
    /** Body of the login call; name secrets as variables (`${authPassword}`). */
    body: text({ maxLength: 20_000, optional: true }),
    /** JSONPath of the token in the answer. */
    tokenPath: text({ maxLength: 500, optional: true }),
  },
  { optional: true },
);

/** A place where an app runs, with how to sign in there and what tests may do to it. */
export const environment = defineKind("Environment", {
  path: "/projects/{project}/environments",
  key: ["name"],
  about: "security",
  stackFile: [{ under: "Project", at: ["environments"], keyField: "name" }],
  fields: {
    /** Project that the environment belongs to. Changing it replaces the environment. */
    project: ref("Project", { replace: true }),
    /** Name by which runs choose it, such as `staging`. Changing it replaces the environment. */
    name: text({ maxLength: 100, replace: true, named: true }),
    /** Address of the app. */
    baseUrl: text({ format: "uri", maxLength: 2048 }),
    /** Address of its API, where that is another one. */
    apiBaseUrl: text({ format: "uri", maxLength: 2048, optional: true }),
    /** Values that tests refer to as `${name}`. No secrets. */
    variables: map(text({ maxLength: 2000, minLength: 0 }), { optional: true }),
    /** Static token for API calls. */
    authToken: secret({ optional: true }),
    /** Password that the login refers to as `${authPassword}`. */
    authPassword: secret({ optional: true }),
    /** Login over HTTP whose answer holds the token. */
    login: httpLogin,
    /** Steps in a browser that end signed in, in the tool's own words. */
    uiLoginSteps: list(text({ maxLength: 500 }), { optional: true }),
    /** Further sign-ins by name, such as `admin` and `viewer`. */
    authProfiles: map(
      object({
        /** Whether the profile signs in to the API or in the browser. */
        flavor: oneOf(["api", "ui"]),
        /** Static token of the profile. */
        token: secret({ optional: true }),
        /** Account that the profile's login refers to as `${authEmail}`; the environment's own when absent. */
        authEmail: text({ format: "email", maxLength: 254, optional: true, caseInsensitive: true }),
        /** Password that the profile's login refers to as `${authPassword}`; the environment's own when absent. */
        authPassword: secret({ optional: true }),
        /** Login over HTTP of the profile. */
        login: httpLogin,
        /** Steps in a browser of the profile. */
        uiLoginSteps: list(text({ maxLength: 500 }), { optional: true }),
      }),
      { optional: true },
    ),
    /** What tests may do to this environment. */
    constraints: object(
      {
        /** True when nothing may be written: POST, PUT, PATCH and DELETE are blocked. */
        readOnly: flag({ optional: true }),
        /** Requests per second, at most. */
        maxRequestsPerSecond: integer({ minimum: 1, maximum: 10_000, optional: true, about: "availability" }),
        /** Whether destructive payloads may be sent. */
        allowDestructive: flag({ optional: true }),
        /** Whether security tests may run. */
        allowSecurity: flag({ optional: true }),
      },
      { optional: true },
    ),
    /** Assigned by the control plane. */
    environmentId: text({ computed: true }),
  },
});
