// Reads drafts from JSON.

package servanda.cases

import com.fasterxml.jackson.databind.JsonNode
import servanda.Builtin
import servanda.Calendar
import servanda.ClockRule
import servanda.ClosingPeriod
import servanda.Commitment
import servanda.Counted
import servanda.Draft
import servanda.Ending
import servanda.Fact
import servanda.Identifier
import servanda.Obligation
import servanda.Opening
import servanda.PartialDate
import servanda.Party
import servanda.Procedure
import servanda.ProcedureRef
import servanda.Responsible
import servanda.Rule
import servanda.Source
import servanda.Target
import servanda.Topic
import servanda.Words
import servanda.fromToml
import servanda.reference
import servanda.word
import java.time.Instant
import java.time.LocalDate

/** The drafts, repeated as given. */
internal fun drafts(given: JsonNode): List<Draft> = given.flatMap { draft -> List(draft["times"]?.intValue() ?: 1) { draft(draft) } }

private fun draft(given: JsonNode): Draft {
    val commitment = given["commitment"]?.textValue()
    val (kind, body) = given["fact"].properties().single()
    return Draft(
        fact = fact(kind, body, commitment),
        commitment = commitment,
        on = given["on"]?.let(::date),
        after = given["after"]?.textValue(),
        published = given["published"]?.let(::date),
        recordedAt = given["recorded_at"]?.let(::moment),
    )
}

private fun fact(
    kind: String,
    body: JsonNode,
    commitment: String?,
): Fact =
    when (kind) {
        "register" -> Fact.Register(commitment(body, commitment.orEmpty()))
        "define" -> defined(body)
        else -> checkNotNull(fact(kind, body)) { "no draft has the kind $kind" }
    }

private fun defined(body: JsonNode): Fact {
    val (what, definition) = body.properties().single()
    return when (what) {
        "party" -> Fact.DefineParty(party(definition))
        "procedure" -> Fact.DefineProcedure(procedure(definition.textValue()))
        "calendar" -> Fact.DefineCalendar(calendar(definition.textValue()))
        "topic" -> Fact.DefineTopic(Topic(definition.text("id"), names(definition["names"])))
        else -> error("no definition has the kind $what")
    }
}

/** The procedure of a file, or a built-in procedure. */
internal fun procedure(text: String): Procedure = if (text.endsWith(".toml")) Procedure.fromToml(textOf(text), text) else Builtin.procedure(text)

/** The reference to a procedure: of a file, built in, or spelt out. */
internal fun reference(given: JsonNode): ProcedureRef =
    if (given.isTextual) {
        procedure(given.textValue()).reference
    } else {
        ProcedureRef(given.text("id"), given["version"].intValue().toUInt(), given.text("digest"))
    }

private fun calendar(text: String): Calendar = if (text.endsWith(".toml")) Calendar.fromToml(textOf(text), text) else Builtin.calendar

private fun party(given: JsonNode) =
    Party(
        id = given.text("id"),
        names = names(given["names"]),
        identifiers = identifiers(given["identifiers"]),
    )

internal fun names(given: JsonNode?) = given?.properties().orEmpty().associate { (language, name) -> language to name.textValue() }

internal fun identifiers(given: JsonNode?) = given.orEmpty().map { Identifier(it.text("scheme"), it.text("value")) }

private fun commitment(
    given: JsonNode,
    id: String,
) = Commitment(
    id = id,
    title = given["title"]?.textValue() ?: "A word given",
    procedure = reference(given["procedure"]),
    by = given["by"]?.texts() ?: listOf("xx"),
    made = date(given["made"]),
    obligation = given["obligation"]?.let { word -> Obligation.entries.single { it.word == word.textValue() } },
    words =
        given["words"]?.let { Words(it.text("text"), source(it["source"]), it["language"]?.textValue(), names(it["translations"])) }
            ?: given["obligation"]?.let { Words("we shall see", gazette("gazette")) },
    identifiers = identifiers(given["identifiers"]),
    language = given["language"]?.textValue(),
    titles = names(given["titles"]),
    rules = given["rules"]?.properties().orEmpty().associate { (clock, rule) -> clock to clockRule(rule) },
    to = given["to"]?.texts().orEmpty(),
    deadline = given["deadline"]?.let(::date),
    topics = given["topics"]?.texts().orEmpty(),
    partOf = given["part_of"]?.textValue(),
    responsible = given["responsible"].orEmpty().map { Responsible(it.text("body"), it["role"]?.textValue()) },
    target = given["target"]?.let { Target(it.text("value"), it.text("unit"), it["date"]?.let(::date)) },
    opening =
        given["opening"]?.let {
            Opening(
                status = it.text("status"),
                on = date(it["on"]),
                clocksNotStarted = it["clocks_not_started"]?.texts().orEmpty(),
                clocksStarted = it["clocks_started"]?.properties().orEmpty().associate { (clock, on) -> clock to date(on) },
                sources = sources(it["sources"]),
                note = it["note"]?.textValue(),
            )
        },
)

private fun clockRule(given: JsonNode) =
    ClockRule(
        basis = given.text("basis"),
        rule = rule(given["rule"]),
        deposits = given["deposits"]?.intValue()?.toUInt(),
        treaty = given["treaty"]?.toString(),
    )

private fun rule(given: JsonNode): Rule {
    if (given.isTextual) return Rule.SetByCommitment
    val (kind, body) = given.properties().single()
    return when (kind) {
        "days" -> {
            Rule.Days(counted(body))
        }

        "full-days" -> {
            Rule.FullDays(counted(body))
        }

        "months" -> {
            Rule.Months(body["count"].intValue().toUInt())
        }

        "weeks" -> {
            Rule.Weeks(body["count"].intValue().toUInt())
        }

        "years" -> {
            Rule.Years(body["count"].intValue().toUInt())
        }

        "first-of-month-after-days" -> {
            Rule.FirstOfMonthAfterDays(body["count"].intValue().toUInt())
        }

        "first-of-month" -> {
            Rule.FirstOfMonth(body["count"].intValue().toUInt())
        }

        "close" -> {
            Rule.Close(
                calendar = body.text("calendar"),
                endedBy =
                    body["ended_by"]?.let {
                        Ending.valueOf(it.textValue().replace('-', '_').uppercase())
                    },
                of = if (body.text("of") == "next") ClosingPeriod.NEXT else ClosingPeriod.CONTAINING,
            )
        }

        else -> {
            error("no rule has the kind $kind")
        }
    }
}

private fun counted(given: JsonNode) =
    Counted(
        count = given["count"].intValue().toUInt(),
        firstDayCounts = given["first_day_counts"]?.booleanValue() ?: false,
        exceptRecessOf = given["except_recess_of"]?.textValue(),
        withinPeriodsOf = given["within_periods_of"]?.textValue(),
    )

internal fun sources(given: JsonNode?): List<Source> = given.orEmpty().map(::source)

private fun source(given: JsonNode): Source =
    if (given.isTextual) {
        gazette(given.textValue())
    } else {
        Source(
            title = given.text("title"),
            url = given["url"]?.textValue(),
            archive = given["archive"]?.textValue(),
            identifier = given["identifier"]?.textValue(),
            page = given["page"]?.textValue(),
            publisher = given["publisher"]?.textValue(),
            published = given["published"]?.let(::date),
            language = given["language"]?.textValue(),
            quotation = given["quotation"]?.textValue(),
            archived = given["archived"]?.textValue(),
        )
    }

private fun gazette(name: String) = Source(name, "https://example.org/$name")

internal fun JsonNode.text(member: String): String = this[member].textValue()

internal fun JsonNode?.orEmpty(): Iterable<JsonNode> = this ?: emptyList()

internal fun JsonNode.texts(): List<String> = map(JsonNode::textValue)

internal fun date(given: JsonNode): PartialDate = PartialDate.parse(given.textValue())

internal fun day(given: JsonNode): LocalDate = LocalDate.parse(given.textValue())

internal fun moment(given: JsonNode): Instant = Instant.parse(given.textValue())
