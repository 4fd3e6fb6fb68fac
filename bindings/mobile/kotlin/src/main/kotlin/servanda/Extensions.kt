// Members that the generated types lack.

package servanda

/** The word in JSON, such as `partly-kept`. */
public val Verdict.word: String get() = wordOf(name)

/** The word in JSON, such as `on-time`. */
public val Timeliness.word: String get() = wordOf(name)

/** The word in JSON, such as `achieved`. */
public val Phase.word: String get() = wordOf(name)

/** The word in JSON, such as `consideration`. */
public val Obligation.word: String get() = wordOf(name)

/** The word in JSON, such as `successor`. */
public val Relation.word: String get() = wordOf(name)

private fun wordOf(name: String) = name.lowercase().replace('_', '-')

/** The name in this language, or in English, or in any language. */
public fun Names.inLanguage(language: String): String = this[language] ?: this["en"] ?: values.firstOrNull().orEmpty()

/** The fact that the entry records, read from its line. */
public val Entry.fact: Fact get() = servanda { readFact(line) }

/**
 * Reads a line of a ledger.
 *
 * @throws ServandaException.Damaged `wrong-id`, if the line was changed after it was written.
 */
public fun Entry.Companion.read(line: String): Entry = servanda { readEntry(line) }

/** Whether the step is possible. */
public val Asked.isPossible: Boolean get() = refused == null

/**
 * Reads a text as a value of this type, and returns the value as text: for forms that check their
 * input before anything is recorded.
 *
 * @throws ServandaException.Invalid With what would be accepted, such as `invalid-slug`.
 */
public fun ValueType.read(text: String): String = servanda { readValue(this, text) }
