import parts from 'virtual:ustaz-panels'
import type { Panel, TeacherPart } from '../panel/define-panel.ts'

/** Pages that plugins add. */
export const panels = parts.filter((part): part is Panel => 'path' in part)
/** What plugins add to a teacher's page. */
export const teacherParts = parts.filter((part): part is TeacherPart => 'place' in part)
