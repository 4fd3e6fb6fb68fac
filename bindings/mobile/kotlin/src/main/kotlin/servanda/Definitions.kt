// Procedures, calendars, treaties and commitments: the built-in ones, and those of an app.

package servanda

/** The built-in procedures, calendar and treaties. */
public object Builtin {
    /** The procedures. */
    public val procedures: List<Procedure> by lazy { servanda { builtinProcedures() } }

    /** The sessions of the Diet of Japan. */
    public val calendar: Calendar by lazy { servanda { builtinCalendar() } }

    /**
     * The procedure with this id: `action`, `base-realignment`, `diet-treaty-approval`, `position`
     * or `trade-agreement`.
     *
     * @throws ServandaException.Unknown `no-procedure`, with the ids of the built-in procedures.
     */
    public fun procedure(id: String): Procedure = servanda { builtinProcedure(id) }

    /**
     * The rule of a treaty, for a clock of a commitment: `cptpp`, `hague-1980`, `paris` or `tpp`.
     *
     * @throws ServandaException.Invalid `unknown-word`, with the ids of the built-in treaties.
     */
    public fun treaty(id: String): ClockRule = servanda { builtinTreaty(id) }
}

/**
 * Reads a procedure from TOML.
 *
 * @param file The name of the text in error messages.
 * @throws ServandaException.Invalid `procedure-refused`, with every mistake and its line.
 */
public fun Procedure.Companion.fromToml(
    text: String,
    file: String = "procedure.toml",
): Procedure = servanda { procedureFromToml(file, text) }

/**
 * Reads a calendar from TOML.
 *
 * @param file The name of the text in error messages.
 * @throws ServandaException.Invalid `calendar-refused`.
 */
public fun Calendar.Companion.fromToml(
    text: String,
    file: String = "calendar.toml",
): Calendar = servanda { calendarFromToml(file, text) }

/**
 * Reads a treaty's article on its entry into force from TOML, for a clock of a commitment.
 *
 * @param file The name of the text in error messages.
 * @throws ServandaException.Invalid `entry-into-force-refused`, with every mistake and its line.
 */
public fun ClockRule.Companion.fromToml(
    text: String,
    file: String = "treaty.toml",
): ClockRule = servanda { treatyFromToml(file, text) }

/**
 * Reads a commitment from TOML.
 *
 * @param file The name of the text in error messages.
 * @param procedures The app's own procedures. The commitment can name these, and the built-in ones,
 *   by their ids.
 * @throws ServandaException.Invalid `commitment-refused`, with lines.
 */
public fun Commitment.Companion.fromToml(
    text: String,
    file: String = "commitment.toml",
    procedures: List<Procedure> = emptyList(),
): Commitment = servanda { commitmentFromToml(file, text, procedures) }

/** The id, version and digest, by which a commitment refers to the procedure. */
public val Procedure.reference: ProcedureRef get() = servanda { procedureRef(this) }

/** The canonical JSON, from which the digest is computed. */
public fun Procedure.toJson(): String = servanda { procedureJson(this) }

/** The canonical JSON. */
public fun Calendar.toJson(): String = servanda { calendarJson(this) }

/** The canonical JSON, as an entry has it: without the id. */
public fun Commitment.toJson(): String = servanda { commitmentJson(this) }
