package servanda.cases

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.node.ArrayNode
import com.fasterxml.jackson.databind.node.ObjectNode
import com.fasterxml.jackson.databind.node.TextNode
import servanda.Entry
import servanda.Tracker
import servanda.read
import java.nio.file.Path
import java.time.Instant
import java.util.HexFormat
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectory
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

/** The state of a case: trackers, the time, a folder, and names for ids. */
internal class World(
    private val folder: Path,
) : AutoCloseable {
    private val names = mutableMapOf("folder" to folder.toString())
    private val cursors = mutableMapOf<String, String>()
    private val trackers = mutableMapOf<String, Tracker>()
    private var now: Instant = Instant.EPOCH

    /** Answers that later steps compare with. */
    val kept = mutableMapOf<String, String>()

    private fun tracker(name: String): Tracker = trackers.getOrPut(name) { Tracker.inMemory(name) }.atMoment(now)

    /** Replaces names in the JSON by the ids, or the folder, that they stand for. */
    fun named(value: JsonNode): JsonNode =
        when (value) {
            is TextNode -> {
                TextNode(named(value.textValue()))
            }

            is ArrayNode -> {
                json.createArrayNode().addAll(value.map(::named))
            }

            is ObjectNode -> {
                json.createObjectNode().also { copy ->
                    value.properties().forEach { (key, member) -> copy.set<JsonNode>(key, named(member)) }
                }
            }

            else -> {
                value
            }
        }

    private fun named(text: String): String =
        // A name can start with another name, so the longest is replaced first.
        names.entries.sortedByDescending { it.key.length }.fold(text) { so, (name, id) -> so.replace("\$$name", id) }

    private fun name(
        name: String,
        id: String,
    ) = check(names.put(name, id) == null) { "two entries are called $name" }

    /** Runs a step. */
    fun take(step: JsonNode): Answer {
        step["now"]?.let { now = moment(it) }
        val given = named(step)
        val name = given["tracker"]?.textValue() ?: "desk"
        val text = { key: String -> given[key]?.textValue() }
        return when {
            given.has("append") -> {
                append(name, given["append"])
            }

            given.has("prepare") -> {
                Answer.of(tracker(name).prepare(drafts(given["prepare"])).map(Entry::id))
            }

            given.has("merge") -> {
                merge(name, given)
            }

            given.has("merge_lines") -> {
                mergeLines(name, given)
            }

            given.has("export") -> {
                val since = text("export")?.let { cursors[it] ?: it }
                val export = tracker(name).exportSince(since)
                text("as")?.let { cursors[it] = export.cursor }
                Answer.of(mapOf("entries" to export.entries.size))
            }

            given.has("open") -> {
                trackers[name] = Tracker.open(put(given.text("open"), given), name)
                Answer.of(null)
            }

            given.has("create") -> {
                trackers[name] = Tracker.create(put(given.text("create"), given), name)
                Answer.of(null)
            }

            given.has("ask") -> {
                val before = given["before"]?.get("tracker")?.textValue() ?: name
                ask(tracker(name), tracker(before), given)
            }

            given.has("parse") -> {
                parse(given)
            }

            given.has("read") -> {
                readFile(given)
            }

            else -> {
                error("the step has nothing to do: $step")
            }
        }
    }

    private fun append(
        tracker: String,
        given: JsonNode,
    ): Answer {
        val ids = tracker(tracker).append(drafts(given))
        given.reversed().zip(ids.reversed()).forEach { (draft, id) -> draft["as"]?.let { name(it.textValue(), id) } }
        return Answer.of(ids)
    }

    private fun merge(
        into: String,
        given: JsonNode,
    ): Answer {
        val since = given["since"]?.textValue()?.let(cursors::getValue)
        val only = given["only"]?.map(JsonNode::textValue)
        val entries = tracker(given.text("merge")).exportSince(since).entries
        return Answer.of(tracker(into).merge(entries.filter { only == null || it.id in only }))
    }

    private fun mergeLines(
        into: String,
        given: JsonNode,
    ): Answer {
        val entries = given["merge_lines"].map { Entry.read(it.textValue()) }
        given["as"].orEmpty().zip(entries).forEach { (name, entry) -> name(name.textValue(), entry.id) }
        return Answer.of(tracker(into).merge(entries))
    }

    /** Writes the file or folder of a step. */
    private fun put(
        name: String,
        given: JsonNode,
    ): Path {
        val path = folder.resolve(name)
        when {
            given.has("times") -> {
                path.writeText(given.text("text").repeat(given["times"].intValue()) + "\n")
            }

            given.has("text") -> {
                path.writeText(given.text("text"))
            }

            given.has("hex") -> {
                path.writeBytes(HexFormat.of().parseHex(given.text("hex")))
            }

            given.has("copy") -> {
                servanda.cases.folder
                    .resolve(given.text("copy"))
                    .copyTo(path)
            }

            given["folder"]?.booleanValue() == true -> {
                path.createDirectory()
            }
        }
        return path
    }

    override fun close() = trackers.values.forEach(Tracker::close)
}
