/** Ports of this machine: taken with one sentence when they are in use, and found free when it does not matter which. */
import { createServer, type Server } from 'node:net'
import { Refusal } from './refusal.ts'

/** Listens on `port` of this machine (0: any that is free) and answers which one it is. */
export const listen = (server: Server, port: number, what: string, flag: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const refused = error.code === 'EADDRINUSE' || error.code === 'EACCES'
      reject(
        refused ? new Refusal(`Port ${port} for the ${what} is in use; name another one with ${flag} (0: any)`) : error,
      )
    })
    server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })

/** A port that nobody listens on, for a process that wants to be told. */
export const reservePort = async (port: number, what: string, flag: string): Promise<number> => {
  const server = createServer()
  const found = await listen(server, port, what, flag)
  await new Promise((resolve) => server.close(resolve))
  return found
}

/** Ends an HTTP server with the connections that are open. */
export const close = (server: {
  close: (done: () => void) => unknown
  closeAllConnections?: () => void
}): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections?.()
  })
