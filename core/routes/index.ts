import type { AppContext } from '../app-context.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { accessRoutes } from './access.ts'
import { approvalRoutes } from './approval.ts'
import { appealRoutes } from './appeals.ts'
import { catalogueRoutes } from './catalogue.ts'
import { certaintyRoutes } from './certainty.ts'
import { evidenceCopyRoutes } from './evidence-copies.ts'
import { evidenceRoutes } from './evidence.ts'
import { noticeRoutes } from './notices.ts'
import { peopleRoutes } from './people.ts'
import { publicationRoutes } from './publication.ts'
import { privacyRoutes } from './privacy.ts'
import { runComparisonRoutes } from './run-comparison.ts'
import { runRoutes } from './runs.ts'
import { shadowRoutes } from './shadow.ts'
import { teacherYearRoutes } from './teacher-year.ts'
import { suggestionRoutes } from './suggestions.ts'
import { regulationRoutes } from './regulations.ts'
import { previewRoutes } from './regulation-preview.ts'

/** Every route of core. A new resource: a file here that exports its routes, and one line below. */
export const coreRoutes: readonly RouteHandler<AppContext>[] = [
  ...accessRoutes,
  ...catalogueRoutes,
  ...evidenceRoutes,
  ...evidenceCopyRoutes,
  ...suggestionRoutes,
  ...approvalRoutes,
  ...noticeRoutes,
  ...peopleRoutes,
  ...teacherYearRoutes,
  ...runRoutes,
  ...publicationRoutes,
  ...appealRoutes,
  ...runComparisonRoutes,
  ...shadowRoutes,
  ...privacyRoutes,
  ...certaintyRoutes,
  ...regulationRoutes,
  ...previewRoutes,
]
