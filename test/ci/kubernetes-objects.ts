/** What the tests look at in a container. */
export interface Container {
  readonly image: string;
  readonly command: readonly string[];
  readonly env: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
  }[];
  readonly securityContext: unknown;
  readonly volumeMounts: readonly { readonly name: string }[];
}

/** An object of the cluster. */
export interface ClusterObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What the tests look at in a CronJob. */
export interface CronJob extends ClusterObject {
  readonly apiVersion: string;
  readonly spec: {
    readonly schedule: string;
    readonly concurrencyPolicy: string;
    readonly jobTemplate: {
      readonly spec: {
        readonly backoffLimit: number;
        readonly activeDeadlineSeconds: number;
        readonly template: {
          readonly spec: {
            readonly restartPolicy: string;
            readonly serviceAccountName: string;
            readonly automountServiceAccountToken: boolean;
            readonly securityContext: { readonly runAsNonRoot: boolean };
            readonly initContainers: readonly Container[];
            readonly containers: readonly Container[];
            readonly volumes: readonly { readonly name: string }[];
          };
        };
      };
    };
  };
}
