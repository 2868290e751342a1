import type { Activity } from '../activity.ts'
import { artActivities } from './arts.ts'
import { communityActivities } from './community.ts'
import { methodicalActivities } from './methodical.ts'
import { publicationActivities } from './publications.ts'
import { qualificationActivities } from './qualification.ts'
import { researchActivities } from './research.ts'

/** All sorts of things that teachers do of their own accord. */
export const activities: readonly Activity[] = [
  ...methodicalActivities,
  ...researchActivities,
  ...publicationActivities,
  ...communityActivities,
  ...qualificationActivities,
  ...artActivities,
]
