import type { AccessTables } from './tables/access.ts'
import type { AppealTables } from './tables/appeals.ts'
import type { ApprovalTables } from './tables/approval.ts'
import type { AuditTables } from './tables/audit.ts'
import type { EvidenceTables } from './tables/evidence.ts'
import type { NoticeTables } from './tables/notices.ts'
import type { PeopleTables } from './tables/people.ts'
import type { PublicationTables } from './tables/publication.ts'
import type { RatingTables } from './tables/rating.ts'
import type { RegulationTables } from './tables/regulations.ts'

/** Core's tables, in schema core: those of each module in a file of its own. */
export interface CoreTables
  extends
    PeopleTables,
    AccessTables,
    NoticeTables,
    EvidenceTables,
    ApprovalTables,
    RegulationTables,
    RatingTables,
    PublicationTables,
    AppealTables,
    AuditTables {}
