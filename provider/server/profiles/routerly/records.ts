import { randomUUID } from "node:crypto";

export interface Limit {
  readonly metric?: string;
  readonly windowType?: string;
  readonly period?: string;
  readonly rollingAmount?: number;
  readonly rollingUnit?: string;
  readonly value?: unknown;
}

export interface ModelRecord {
  id?: unknown;
  name?: unknown;
  provider?: unknown;
  endpoint?: unknown;
  apiKey?: unknown;
  cfClearance?: unknown;
  upstreamModelId?: unknown;
  cost?: Record<string, unknown>;
  contextWindow?: unknown;
  limits?: readonly Limit[];
  capabilities?: Readonly<Record<string, unknown>> | undefined;
}

export interface Override {
  readonly modelId?: unknown;
  readonly limitsMode?: unknown;
  readonly limits?: readonly Limit[];
}

export interface TokenRecord {
  readonly id: string;
  readonly token: string;
  readonly tokenSnippet: string;
  readonly createdAt: string;
  labels?: unknown;
  models?: readonly Override[];
}

export interface Policy {
  readonly type?: string;
  readonly enabled?: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface AssignedModel {
  modelId?: unknown;
  prompt?: unknown;
}

export interface ProjectRecord {
  readonly id: string;
  name: string;
  models: AssignedModel[];
  policies?: readonly Policy[] | null;
  timeoutMs: unknown;
  autoRouting: unknown;
  routingModelId?: unknown;
  fallbackRoutingModelIds?: unknown;
  tokens: TokenRecord[];
  members: { userId: string; role?: unknown }[];
}

export interface UserRecord {
  readonly id: string;
  email?: unknown;
  roleId: string;
  projectIds: unknown;
  passwordHash: string;
  refreshTokenHash?: string;
}

export interface RoleRecord {
  readonly id: string;
  name: unknown;
  permissions: unknown;
  readonly builtin?: true;
}

/** One served call. */
export interface UseRecord {
  readonly at: number;
  readonly projectId: string;
  readonly modelId: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: number;
}

export interface Collections {
  models: ModelRecord[];
  projects: ProjectRecord[];
  users: UserRecord[];
  roles: RoleRecord[];
  settings: Record<string, unknown>;
  usage: UseRecord[];
}

export type CollectionName = keyof Collections;

/** What a collection holds that was never written, or was lost. */
export function defaultsOf<N extends CollectionName>(name: N): Collections[N] {
  return structuredClone(DEFAULTS)[name];
}

const INSTALL_ID = randomUUID();

const DEFAULTS: Collections = {
  models: [],
  projects: [],
  users: [],
  roles: [],
  settings: {
    port: 3000,
    host: "0.0.0.0",
    dashboardEnabled: true,
    defaultTimeoutMs: 30_000,
    logLevel: "info",
    channel: "stable",
    notifications: { channels: [] },
    telemetry: { enabled: false, installId: INSTALL_ID },
  },
  usage: [],
};

const ALL = ["project:read", "project:write", "model:read", "model:write", "user:read", "user:write", "report:read"];

export const BUILT_IN_ROLES: readonly RoleRecord[] = [
  { id: "admin", name: "Admin", permissions: ALL, builtin: true },
  { id: "operator", name: "Operator", permissions: ALL.filter((permission) => permission !== "user:write"), builtin: true },
  { id: "viewer", name: "Viewer", permissions: ["project:read", "model:read", "report:read"], builtin: true },
];
