import type { GroupReport } from '../plugins/publications/conformance/group.ts'
import { checkAhp } from './indices/ahp.ts'
import { checkCoinr } from './indices/coinr.ts'
import { checkCompositeChain } from './indices/composite-chain.ts'
import { checkMcdm } from './indices/mcdm.ts'

/** Reads a folder of published weightings and indices; what is not there is passed over. It needs two plugins, so it stands here. */
export function checkIndices(folder: string): Promise<GroupReport[]> {
  return Promise.resolve([
    ...checkAhp(folder),
    ...checkMcdm(folder),
    ...checkCoinr(folder),
    ...checkCompositeChain(folder),
  ])
}
