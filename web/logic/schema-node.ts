/** What a text stands for, so that what there is can be offered; `of`: the neighbouring field that says of what. */
export interface Naming {
  names: string
  of: string | null
}

export interface Traits {
  /** null may stand there and means something of its own. */
  nullable: boolean
  /** What stands there if nothing is written; undefined: something must be. */
  fallback: unknown
}
export interface TextNode extends Traits {
  control: 'text'
  naming: Naming | null
  /** A yes or no may stand there too, as a choice of a value that is one. */
  mixed: boolean
}
export interface NumberNode extends Traits {
  /** decimal: exact, kept as text. */
  control: 'decimal' | 'integer' | 'number'
  minimum: number | null
  maximum: number | null
}
/** switch: yes or no; mark: yes or nothing; day: a date; localized: a text in three languages. */
export interface PlainNode extends Traits {
  control: 'switch' | 'mark' | 'day' | 'localized'
}
export interface ChoiceNode extends Traits {
  /** choice: one of the options; choices: any of them. */
  control: 'choice' | 'choices'
  options: readonly string[]
}
export interface ObjectNode extends Traits {
  control: 'object'
  /** Name of this kind of object, by which its fields are called; null: it has none. */
  part: string | null
  fields: readonly FieldNode[]
}
export interface VariantsNode extends Traits {
  control: 'variants'
  part: string | null
  /** The field that says which kind it is. */
  key: string
  variants: readonly { kind: string; fields: readonly FieldNode[] }[]
}
export interface ListNode extends Traits {
  control: 'list'
  item: SchemaNode
  least: number
  /** null: as many as one likes. */
  most: number | null
}
export interface RecordNode extends Traits {
  control: 'record'
  naming: Naming | null
  value: SchemaNode
}
/** One of a few words, or something else: `block` or a number of points. */
export interface EitherNode extends Traits {
  control: 'either'
  words: readonly string[]
  other: SchemaNode
}
export interface AlternativesNode extends Traits {
  control: 'alternatives'
  options: readonly SchemaNode[]
}
/** Anything: shown as JSON, unless the thing that the field `of` names has a schema of its own. */
export interface FreeNode extends Traits {
  control: 'free'
  of: string | null
}
export type SchemaNode =
  | TextNode
  | NumberNode
  | PlainNode
  | ChoiceNode
  | ObjectNode
  | VariantsNode
  | ListNode
  | RecordNode
  | EitherNode
  | AlternativesNode
  | FreeNode

export interface FieldNode {
  name: string
  /** Something must be written: there is neither a default, nor may it be left out. */
  required: boolean
  node: SchemaNode
}
