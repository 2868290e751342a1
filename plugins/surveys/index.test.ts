import { testPlugin } from '@ustaz/core/testing'
import plugin from './index.ts'

testPlugin(plugin)
