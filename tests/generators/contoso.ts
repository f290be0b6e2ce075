// What the programs have in common: the server, and the bodies that they send.
export const baseUrl = process.env["BASE_URL"] ?? "";
export const token = process.env["TOKEN"] ?? "";

export const user = { id: "1f0c997e-99f7-43f1-8cca-086f8d42be8d" };

export const item = (title: string) => ({
  properties: { title, "tags@odata.type": "Collection(String)", tags: ["leave", "policy"] },
  contentText: `${title}: 30 days a year.`,
});

export const lastSegment = (location: string | null) => location?.split("/").at(-1) ?? "";
export const skipToken = (nextLink: string) => new URL(nextLink).searchParams.get("$skiptoken") ?? "";
