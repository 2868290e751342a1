import { getRegulationSchema } from '@ustaz/core/contract'
import { computed } from 'vue'
import { labelSteps } from '../logic/label-path.ts'
import { readNode } from '../logic/read-node.ts'
import type { FieldNode, SchemaNode } from '../logic/schema-node.ts'
import { useApiQuery } from './use-api-query.ts'
import { useFormTexts } from './use-form-texts.ts'
import { useText } from './use-text.ts'

/** The schema of regulations as the tree that forms are drawn from, and names for places in a document. */
export function useRegulationNode() {
  const { t } = useText()
  const { label } = useFormTexts()
  const query = useApiQuery(getRegulationSchema, () => ({}), { staleTime: Number.POSITIVE_INFINITY })
  const node = computed<SchemaNode | null>(() => (query.data.value ? readNode(query.data.value) : null))
  const fields = computed<readonly FieldNode[]>(() =>
    node.value?.control === 'object' ? node.value.fields : [],
  )
  return {
    query,
    node,
    /** The parts of a regulation, in the order of the schema. */
    fields,
    sectionName: (section: string) => label('regulation', section),
    /** "Title, Russian": a place within a document. */
    pathName(path: readonly (string | number)[], document: unknown): string {
      if (!node.value) return path.join(' ')
      return labelSteps(node.value, path, document)
        .map((step) => {
          if (step.kind === 'field') return label(step.part, step.field)
          if (step.kind === 'language') return t(`languages.${step.language}`)
          return step.kind === 'row' ? step.key : (step.id ?? `${step.number}`)
        })
        .join(', ')
    },
  }
}
