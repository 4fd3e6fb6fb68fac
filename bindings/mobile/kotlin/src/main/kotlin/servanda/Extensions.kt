// What generated types lack.

package servanda

/** The word for it, as in JSON: `kept-late`. */
public val Verdict.word: String get() = wordOf(name)

/** The word for it, as in JSON: `achieved`. */
public val Phase.word: String get() = wordOf(name)

/** The word for it, as in JSON: `consideration`. */
public val Obligation.word: String get() = wordOf(name)

/** The word for it, as in JSON: `successor`. */
public val Relation.word: String get() = wordOf(name)

private fun wordOf(name: String) = name.lowercase().replace('_', '-')

/** What it is called in this language, or else in English, or else in any. */
public fun Names.inLanguage(language: String): String = this[language] ?: this["en"] ?: values.firstOrNull().orEmpty()

/** The fact that it records, read from its line. */
public val Entry.fact: Fact get() = servanda { readFact(line) }

/**
 * Reads a line of a ledger.
 *
 * @throws ServandaException.Damaged `wrong-id`, if it was changed after it was written.
 */
public fun Entry.Companion.read(line: String): Entry = servanda { readEntry(line) }

/** Whether the step that was asked about can be taken. */
public val Asked.isPossible: Boolean get() = refused == null

/**
 * Reads a text as a value of this type, and writes it again: for forms, before anything is recorded.
 *
 * @throws ServandaException.Invalid with what would be accepted, such as `invalid-slug`.
 */
public fun ValueType.read(text: String): String = servanda { readValue(this, text) }
