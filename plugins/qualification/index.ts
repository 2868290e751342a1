import { definePlugin } from '@ustaz/core/plugin'
import { course } from './kinds/course.ts'
import { graduateEmployment } from './kinds/graduate-employment.ts'
import { internship } from './kinds/internship.ts'
import { languageCertificate } from './kinds/language-certificate.ts'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export default definePlugin({
  id: 'qualification',
  version: '0.1.0',
  messages: { kk, ru, en },
  evidence: [languageCertificate, course, internship, graduateEmployment],
})
