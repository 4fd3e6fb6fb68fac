// Questions, and their answers as JSON.

package servanda.cases

import com.fasterxml.jackson.databind.JsonNode
import servanda.Calendar
import servanda.ClockRule
import servanda.Commitment
import servanda.Entry
import servanda.Filter
import servanda.LogFilter
import servanda.Obligation
import servanda.Phase
import servanda.Procedure
import servanda.Timeliness
import servanda.Tracker
import servanda.ValueType
import servanda.Verdict
import servanda.View
import servanda.fromToml
import servanda.read
import servanda.toJson
import servanda.word
import java.security.MessageDigest
import java.util.HexFormat

/** An answer as JSON. [isDigested] is true if a case can also state the digest of the JSON. */
internal class Answer(
    val text: String,
    val isDigested: Boolean,
) {
    val value: JsonNode get() = json.readTree(text)

    val digest: String
        get() = "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.toByteArray()))

    companion object {
        fun of(value: Any?) = Answer(json.writeValueAsString(value), isDigested = false)

        fun digested(text: String) = Answer(text, isDigested = true)
    }
}

/** An error that is an answer. */
internal class Refused(
    val code: String,
    val text: String,
    val details: String,
) : Exception(text)

private fun filter(given: JsonNode?): Filter {
    if (given == null) return Filter()
    val text = { key: String -> given[key]?.textValue() }
    return Filter(
        party = text("party"),
        procedure = text("procedure"),
        phase = text("phase")?.let { word -> Phase.entries.single { it.word == word } },
        verdict = text("verdict")?.let { word -> Verdict.entries.single { it.word == word } },
        timeliness = text("timeliness")?.let { word -> Timeliness.entries.single { it.word == word } },
        obligation = text("obligation")?.let { word -> Obligation.entries.single { it.word == word } },
        topic = text("topic"),
        partOf = text("part_of"),
        body = text("body"),
    )
}

private fun logFilter(given: JsonNode?): LogFilter {
    if (given == null) return LogFilter()
    return LogFilter(
        commitment = given["commitment"]?.texts().orEmpty(),
        kind = given["kind"]?.texts().orEmpty(),
        limit = given["limit"]?.intValue()?.toUInt(),
        recordedBy = given["recorded_by"]?.texts().orEmpty(),
        since = given["since"]?.let(::moment),
        until = given["until"]?.let(::moment),
    )
}

private fun view(
    tracker: Tracker,
    given: JsonNode?,
): View =
    tracker.view(
        on = given?.get("on")?.let(::day),
        knownAt = given?.get("known_at")?.let(::moment),
        asPublished = given?.get("as_published")?.let(::day),
        languages = given?.get("languages")?.texts().orEmpty(),
    )

/** The answer to a question. */
internal fun ask(
    tracker: Tracker,
    before: Tracker,
    given: JsonNode,
): Answer {
    val of = given["of"]?.textValue().orEmpty()
    val view = view(tracker, given)
    val filter = filter(given["filter"])
    return when (val question = given.text("ask")) {
        "standing" -> {
            Answer.digested(view.json.standing(of)).also { view.standing(of) }
        }

        "standing_with_links" -> {
            Answer.digested(view.json.standingWithLinks(of)).also { view.standingWithLinks(of) }
        }

        "resolve" -> {
            Answer.of(view.resolve(of))
        }

        "standings" -> {
            Answer.digested(view.json.standings(filter)).also { view.standings(filter) }
        }

        "why_not" -> {
            view.whyNot(of, given.text("to"))?.let { throw Refused(it.code, it.text, it.details) }
            Answer.of(null)
        }

        "agenda" -> {
            val (first, last) = day(given["span"]["first"]) to day(given["span"]["last"])
            Answer.digested(view.json.agenda(first, last, filter)).also { view.agenda(first, last, filter) }
        }

        "changes" -> {
            val then = view(before, given["before"])
            Answer.digested(view.json.changesSince(then, filter)).also { view.changesSince(then, filter) }
        }

        "parts" -> {
            Answer.digested(view.json.parts(of, filter)).also { view.parts(of, filter) }
        }

        "bodies" -> {
            Answer.digested(view.json.bodies(filter)).also { view.bodies(filter) }
        }

        "stale" -> {
            val days = given["days"].longValue().coerceAtMost(Int.MAX_VALUE.toLong()).toInt()
            Answer.digested(view.json.stale(days, filter)).also { view.stale(days, filter) }
        }

        "log" -> {
            val entries = logFilter(given["filter"])
            Answer.digested(view.json.log(entries)).also { view.log(entries) }
        }

        "conflicts" -> {
            Answer.digested(view.json.conflicts()).also { view.conflicts() }
        }

        "procedures" -> {
            val procedures = view.procedures().joinToString(",", "[", "]", transform = Procedure::toJson)
            check(procedures == view.json.procedures()) { "a procedure is not the same when it comes back" }
            Answer.digested(procedures)
        }

        "procedure" -> {
            Answer.digested(view.procedure(of).toJson())
        }

        "parties" -> {
            Answer.digested(view.json.parties()).also { view.parties() }
        }

        "topics" -> {
            Answer.digested(view.json.topics()).also { view.topics() }
        }

        "digest" -> {
            Answer.of(tracker.digest)
        }

        "entries" -> {
            lines(tracker.entries())
        }

        "entries_like" -> {
            lines(tracker.entriesLike(of))
        }

        "verify" -> {
            Answer.of(tracker.verify())
        }

        "refresh" -> {
            Answer.of(tracker.refresh())
        }

        else -> {
            error("there is no question $question")
        }
    }
}

/** The lines, in the order of the ids. */
private fun lines(entries: List<Entry>): Answer = Answer.digested(json.writeValueAsString(entries.sortedBy(Entry::id).map(Entry::line)))

/** Reads a text as a value of a type, and writes the value. */
internal fun parse(given: JsonNode): Answer {
    val type = given.text("parse").uppercase().replace('-', '_')
    return Answer.of(ValueType.valueOf(type).read(given.text("text")))
}

/** Reads a file as a procedure, a calendar, a treaty or a commitment. */
internal fun readFile(given: JsonNode): Answer {
    val name = given["file"]?.textValue()
    val (file, text) = if (name != null) name to textOf(name) else "case.toml" to given.text("text")
    return Answer.digested(
        when (val kind = given.text("read")) {
            "procedure" -> Procedure.fromToml(text, file).toJson()
            "calendar" -> Calendar.fromToml(text, file).toJson()
            "treaty" -> checkNotNull(ClockRule.fromToml(text, file).treaty)
            "commitment" -> Commitment.fromToml(text, file).toJson()
            else -> error("no file holds a $kind")
        },
    )
}
