// Procedures, calendars, treaties and commitments: those that come with the library, and an app's own.

package servanda

import java.time.LocalDate

/** What comes with the library. */
public object Builtin {
    /** The procedures. */
    public val procedures: List<Procedure> by lazy { servanda { builtinProcedures() } }

    /** The sessions of the Diet of Japan. */
    public val calendar: Calendar by lazy { servanda { builtinCalendar() } }

    /**
     * The procedure with this id: `action`, `base-realignment`, `diet-treaty-approval`, `position` or `trade-agreement`.
     *
     * @throws ServandaException.Unknown `no-procedure`, with those that there are.
     */
    public fun procedure(id: String): Procedure = servanda { builtinProcedure(id) }

    /**
     * The rule of a treaty as a commitment can give it to its procedure's clock: `cptpp`, `hague-1980`, `paris` or `tpp`.
     *
     * @throws ServandaException.Invalid `unknown-word`, with those that there are.
     */
    public fun treaty(id: String): ClockRule = servanda { builtinTreaty(id) }
}

/**
 * Reads a procedure from TOML.
 *
 * @param file the name to use in what is found wrong with it.
 * @throws ServandaException.Invalid `procedure-refused`, with everything that is wrong, by line.
 */
public fun Procedure.Companion.fromToml(
    text: String,
    file: String = "procedure.toml",
): Procedure = servanda { procedureFromToml(file, text) }

/**
 * Reads a calendar from TOML.
 *
 * @param file the name to use in what is found wrong with it.
 * @throws ServandaException.Invalid `calendar-refused`.
 */
public fun Calendar.Companion.fromToml(
    text: String,
    file: String = "calendar.toml",
): Calendar = servanda { calendarFromToml(file, text) }

/**
 * Reads a treaty's article on its entry into force from TOML, as a commitment can give it to its procedure's clock.
 *
 * @param file the name to use in what is found wrong with it.
 * @throws ServandaException.Invalid `entry-into-force-refused`, with everything that is wrong, by line.
 */
public fun ClockRule.Companion.fromToml(
    text: String,
    file: String = "treaty.toml",
): ClockRule = servanda { treatyFromToml(file, text) }

/**
 * Reads a commitment from TOML.
 *
 * @param file the name to use in what is found wrong with it.
 * @param procedures the app's own procedures, which the commitment can name by their ids beside the built-in ones.
 * @throws ServandaException.Invalid `commitment-refused`, by line.
 */
public fun Commitment.Companion.fromToml(
    text: String,
    file: String = "commitment.toml",
    procedures: List<Procedure> = emptyList(),
): Commitment = servanda { commitmentFromToml(file, text, procedures) }

/** Which procedure exactly this is: what a commitment is pinned to. */
public val Procedure.pin: ProcedureRef get() = servanda { pinOf(this) }

/** It as canonical JSON, which is what its digest is of. */
public fun Procedure.toJson(): String = servanda { procedureJson(this) }

/** It as canonical JSON. */
public fun Calendar.toJson(): String = servanda { calendarJson(this) }

/** It as canonical JSON, as it stands in an entry: without its id. */
public fun Commitment.toJson(): String = servanda { commitmentJson(this) }

/**
 * One undertaking: who gave which word, on which day, and the procedure that it has to go through.
 *
 * @param id its id, such as `jp/hague-convention`.
 * @param by who commits; at least one party.
 * @param made the day the word was given.
 * @param words the words used, with their source.
 * @param opening the status at which its history opens, if it has a past.
 * @param rules the rules of those of the procedure's clocks that leave their rule to the commitment, by the clock's id.
 */
public fun commitment(
    id: String,
    title: String,
    procedure: Procedure,
    by: List<String>,
    made: LocalDate,
    obligation: Obligation,
    words: Words,
    to: List<String> = emptyList(),
    deadline: PartialDate? = null,
    topics: List<String> = emptyList(),
    partOf: String? = null,
    opening: Opening? = null,
    rules: Map<String, ClockRule> = emptyMap(),
): Commitment = Commitment(id, title, procedure.pin, by, made, obligation, words, rules, to, deadline, topics, partOf, opening)
