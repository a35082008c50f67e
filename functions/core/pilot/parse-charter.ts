/** Reads charter.yaml: what both owners agreed the pilot is, or every place where the text does not say it. */
import type { Charter } from './charter.ts'
import { charterFile, charterOf } from './charter-file.ts'
import { judge } from './judge-charter.ts'
import { type Finding, readYaml } from './yaml-reader.ts'

const inOrder = (findings: Finding[]): Finding[] => findings.toSorted((a, b) => a.line - b.line || a.column - b.column)

/** Reads the text of charter.yaml (`pilot-files.md`). It is taken over whole or not at all. */
export const parseCharter = (source: string): { charter: Charter } | { findings: Finding[] } => {
  const read = readYaml(source, charterFile)
  if ('findings' in read) return { findings: inOrder(read.findings) }
  const charter = charterOf(read.value)
  const problems = judge(charter)
  if (problems.length === 0) return { charter }
  return { findings: inOrder(problems.map(({ path, message }) => ({ ...read.at(path), message }))) }
}
