/** What generated types lack. */

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

/** The text of who is answered: what stands in the way. */
public val Asked.isPossible: Boolean get() = refused == null
