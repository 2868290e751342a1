import type { RegulationDocument } from '../../contract/regulation/document.ts'

/** The column of rating_area that the limits of an area act on: the last step the document takes before them. */
export function columnBeforeLimits({ extrapolation, rollUps }: RegulationDocument): string {
  return rollUps.length > 0 ? 'gathered' : extrapolation ? 'stretched' : 'raw'
}
