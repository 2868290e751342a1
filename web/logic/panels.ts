import parts from 'virtual:ustaz-panels'
import type { PagePart, Panel } from '../panel/define-panel.ts'

/** Pages that plugins add. */
export const panels = parts.filter((part): part is Panel => 'path' in part)
/** What plugins add to pages. */
export const pageParts = parts.filter((part): part is PagePart => 'place' in part)
