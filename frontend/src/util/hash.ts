/** SHA-256 of a text in hexadecimal; undefined where the browser gives no hashes: on plain HTTP beyond loopback. */
export async function hashOf(text: string): Promise<string | undefined> {
  if (!globalThis.isSecureContext) return undefined
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
}
