/** Pages of ours as any program fetches them, without cookies or scripts; what answers by leading on is not followed. */
export type Fetched = { status: number; html: string; location: string | null }

export type Browser = {
  open: (address: string, method: 'GET' | 'HEAD') => Promise<Fetched>
  post: (address: string, fields: Record<string, string>) => Promise<Fetched>
}

/** An API of AWS answers within thirty seconds, or not at all. */
const longestMilliseconds = 35_000

export const browser = (): Browser => {
  const visit = async (address: string, init: RequestInit): Promise<Fetched> => {
    const signal = AbortSignal.timeout(longestMilliseconds)
    const response = await fetch(address, { ...init, redirect: 'manual', signal })
    return { status: response.status, html: await response.text(), location: response.headers.get('location') }
  }
  return {
    open: (address, method) => visit(address, { method }),
    post: (address, fields) => visit(address, { method: 'POST', body: new URLSearchParams(fields) }),
  }
}
