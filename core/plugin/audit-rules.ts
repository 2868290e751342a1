/** What an owner of tables (core, a plugin) says about auditing them. Each entry gives its reason; what is not named is audited. */
export interface AuditRules {
  /** Tables whose changes are not recorded: table -> why not. */
  unaudited?: Readonly<Record<string, string>>
  /** Columns whose values are never copied into the log: "table.column" -> why not. Those of a telling name are masked unasked. */
  secret?: Readonly<Record<string, string>>
  /** Columns whose name sounds secret and whose values are not: "table.column" -> why not. */
  open?: Readonly<Record<string, string>>
  /** Columns whose change alone is no entry: "table.column" -> why not. */
  quiet?: Readonly<Record<string, string>>
}
