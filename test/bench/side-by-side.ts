/** Our system and the rival, both running and both empty, for as long as a benchmark takes. */
import { mailboxAt } from '../../infra/local/story/mailbox.ts'
import { postOffice } from '../../infra/local/story/post-office.ts'
import { pilotFolder, type World, worldOf } from '../../infra/local/story/world.ts'
import { startSystem } from '../../infra/local/system.ts'
import { startBare } from './bare/system.ts'

export type Side = { post: ReturnType<typeof postOffice>; box: ReturnType<typeof mailboxAt> }

/** By number: nodemailer asks DNS for each mail, and 200 questions at once are too many for it. */
const byNumber = (address: string): string => address.replace('localhost', '127.0.0.1')

export const sideBySide = async <Answer>(
  log: (line: string) => void,
  measure: (ours: World, bare: Side) => Promise<Answer>,
): Promise<Answer> => {
  const ports = { web: 0, mailbox: 0, smtp: 0, aws: 0 }
  const system = await startSystem({ ports, pilot: pilotFolder, empty: true, log })
  try {
    const { inbox } = system.ready
    const bare = await startBare(inbox, log)
    try {
      return await measure(
        worldOf({ ...system, ready: { ...system.ready, smtp: byNumber(system.ready.smtp) } }, pilotFolder),
        {
          post: postOffice(byNumber(bare.smtp), inbox),
          box: mailboxAt(bare.mailbox),
        },
      )
    } finally {
      await bare.stop()
    }
  } finally {
    await system.stop()
  }
}
