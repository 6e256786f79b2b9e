import * as gatehouse from "pulumi-gatehouse";

for (const user of (process.env.ADOPTED ?? "").split(" ").filter(Boolean))
  new gatehouse.OrganizationMember(user, { user, role: "member", adopt: "ifExists" });

const shop = new gatehouse.Project("shop", {
  name: "Shop",
  slug: "shop",
  launch: {
    owner: "lin@acme.example",
    keyOwner: "lin@acme.example",
    workload: "chat",
    expectedMonthlyUsd: 100,
    escalationContact: "#shop",
  },
});
new gatehouse.ProjectMember("lin", { project: shop.id, user: "lin@acme.example", role: "member" });

const key = { ownerType: "service", owner: "lin@acme.example", consumer: "shop", rates: { requestsPerMinute: 60 } };
new gatehouse.ApiKey("shop-dev", { ...key, project: shop.id, environment: "development" });
if (process.env.SHARED) new gatehouse.ApiKey("shared", { ...key, environment: "production" });
