import type { Fault } from '../contract/problem.ts'
import { faultOfIssue } from '../messages/zod-fault.ts'
import type { CheckedData } from './check-data.ts'

/** What is given and wrong, with pointers into the input of an entry. */
export function wrongFaults({ wrong, data }: CheckedData): Fault[] {
  return wrong.map((issue) => inData(faultOfIssue(issue, data)))
}

/** What is not given, or does not hold together as a whole. */
export function gapFaults({ gaps, data }: CheckedData): Fault[] {
  return gaps.map((issue) => {
    const fault = inData(faultOfIssue(issue, data))
    return issue.path.length === 0 ? fault : { ...fault, code: 'missing', params: {} }
  })
}

const inData = (fault: Fault): Fault => ({ ...fault, path: `/data${fault.path}` })
