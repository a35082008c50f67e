/** What the Lambda host and its workers say to each other. */

export interface WorkerData {
  folder: string
  /** as in the template: `index.handler` */
  handler: string
}

export type ToWorker =
  | { kind: 'environment'; variables: Record<string, string> }
  | { kind: 'invoke'; event: unknown; context: Record<string, unknown> /** epoch ms */; deadline: number }

export type FromWorker = { kind: 'answer'; body: string } | { kind: 'error'; errorType: string; errorMessage: string }
