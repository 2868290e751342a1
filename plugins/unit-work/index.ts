import { definePlugin } from '@ustaz/core/plugin'
import { accreditation } from './kinds/accreditation.ts'
import { admission } from './kinds/admission.ts'
import { audit } from './kinds/audit.ts'
import { branch } from './kinds/branch.ts'
import { commissionedProgramme } from './kinds/commissioned-programme.ts'
import { contingent } from './kinds/contingent.ts'
import { dualEducation } from './kinds/dual-education.ts'
import { equipment } from './kinds/equipment.ts'
import { guestLecturer } from './kinds/guest-lecturer.ts'
import { invitedArticle } from './kinds/invited-article.ts'
import { programmeRanking } from './kinds/programme-ranking.ts'
import { scholarship } from './kinds/scholarship.ts'
import { share } from './kinds/share.ts'
import { studentMobility } from './kinds/student-mobility.ts'
import { studentPractice } from './kinds/student-practice.ts'
import { visitingScientist } from './kinds/visiting-scientist.ts'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export default definePlugin({
  id: 'unit-work',
  version: '0.1.0',
  messages: { kk, ru, en },
  evidence: [
    accreditation,
    programmeRanking,
    commissionedProgramme,
    dualEducation,
    branch,
    guestLecturer,
    studentMobility,
    studentPractice,
    contingent,
    share,
    admission,
    scholarship,
    audit,
    invitedArticle,
    visitingScientist,
    equipment,
  ],
})
