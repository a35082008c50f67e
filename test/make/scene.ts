/** A scene of a rehearsal: the sample pilot's texts, a vendor and mailboxes of its own. */
import { type Scene, sceneCharter } from '../../functions/core/pilot/scene.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { aCharter } from './charter.ts'
import { samplePilot } from './pilot.ts'

export const aScene = (id: string, over: Partial<Scene> = {}): Scene => {
  const vendors: Scene['vendors'] = [
    {
      vendor: 'R-1',
      name: 'Rehearsal Supplies GmbH',
      vatId: 'DE999999990',
      ibans: ['DE02120300000000202051'],
      category: null,
      department: 'Sales',
      orderRequired: false,
      status: 'active',
      emails: ['billing@rehearsal-supplies.example'],
    },
  ]
  const rulesText = over.rulesText ?? samplePilot()['rules.txt'] ?? ''
  return {
    id,
    charter: sceneCharter(id, aCharter(), vendors),
    rulesText,
    texts: { rules: { number: 0, sha256: sha256(rulesText) }, charter: { number: 1, sha256: sha256('charter') } },
    vendors,
    orders: [],
    absences: [],
    ...over,
  }
}
