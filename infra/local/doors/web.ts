/** The front door: the web port shows the HTTP API's stage at its root, so that every link in every mail opens. */
import { createServer, request as forward } from 'node:http'
import { close, listen } from '../listen.ts'

/** Passes method, path, headers and body to the API as they came, and the answer back. */
export const startWebDoor = async (
  port: number,
  target: () => { endpoint: string; apiId: string } | undefined,
): Promise<{ port: number; stop: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    const api = target()
    if (!api) {
      response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '2' })
      response.end('the system is starting\n')
      return
    }
    const { endpoint, apiId } = api
    const { hostname, port: emulatorPort, host } = new URL(endpoint)
    const passed = forward(
      {
        hostname,
        port: emulatorPort,
        method: request.method,
        path: `/_aws/execute-api/${apiId}/$default${request.url}`,
        headers: { ...request.headers, host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    passed.on('error', () => {
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' })
      response.end('the local AWS does not answer\n')
    })
    request.pipe(passed)
  })
  const taken = await listen(server, port, 'pages', '--web')
  return { port: taken, stop: () => close(server) }
}
