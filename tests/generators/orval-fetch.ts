// How orval's client sends: below the base URL, with the token. An answer that is not a success throws.
import { baseUrl, token } from "./contoso.js";

export async function call<T>(path: string, options: RequestInit): Promise<T> {
  const headers = { ...options.headers, Authorization: `Bearer ${token}` };
  const response = await fetch(`${baseUrl}${path}`, { ...options, headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return { data: text ? JSON.parse(text) : undefined, status: response.status, headers: response.headers } as T;
}
