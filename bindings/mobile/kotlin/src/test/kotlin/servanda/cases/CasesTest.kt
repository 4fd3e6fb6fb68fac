package servanda.cases

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.node.ArrayNode
import com.fasterxml.jackson.databind.node.NullNode
import com.fasterxml.jackson.databind.node.ObjectNode
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicContainer
import org.junit.jupiter.api.DynamicContainer.dynamicContainer
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import servanda.ServandaException
import java.nio.file.Files
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.deleteRecursively

/** Runs the cases of `tests/cases`, which all languages share. The README there describes them. */
class CasesTest {
    @TestFactory
    fun `every case has the expected answers`(): List<DynamicContainer> =
        caseFiles().map { (file, content) ->
            dynamicContainer(file, content["cases"].map { case -> dynamicTest(case.text("name")) { check(case) } })
        }

    @OptIn(ExperimentalPathApi::class)
    private fun check(case: JsonNode) {
        val folder = Files.createTempDirectory("servanda").toRealPath()
        val wrong = mutableListOf<String>()
        try {
            World(folder).use { world ->
                case["steps"].forEachIndexed { index, step ->
                    val found = mutableListOf<String>()
                    check(world, step, found)
                    found.mapTo(wrong) { "step ${index + 1}: $it" }
                }
            }
        } finally {
            folder.deleteRecursively()
        }
        assertEquals(emptyList<String>(), wrong)
    }

    private fun check(
        world: World,
        step: JsonNode,
        wrong: MutableList<String>,
    ) {
        if (step["read"]?.textValue() in LEFT_OUT) return
        val expected = step["error"]?.let(world::named)
        val answer =
            try {
                world.take(step)
            } catch (refused: ServandaException) {
                val shown = shown(refused.code, refused.kind, refused.message, refused.details)
                return checkError(expected, shown, wrong)
            } catch (refused: Refused) {
                // An error that is an answer has no kind.
                val kind = expected?.get("family")?.textValue().orEmpty()
                return checkError(expected, shown(refused.code, kind, refused.text, refused.details), wrong)
            }
        if (expected != null) {
            wrong += "expected the error $expected, found the answer ${answer.text}"
            return
        }
        if (answer.isDigested) equal("json", step["json"]?.textValue(), answer.digest, wrong)
        step["ids"]?.let { equal("ids", it, answer.value, wrong) }
        step["keep"]?.let { world.kept[it.textValue()] = answer.text }
        step["same_as"]?.let { equal("same_as", world.kept[it.textValue()], answer.text, wrong) }
        step["answer"]?.let { differences("answer", world.named(it), answer.value, wrong) }
    }

    private fun checkError(
        expected: JsonNode?,
        found: JsonNode,
        wrong: MutableList<String>,
    ) {
        if (expected == null) wrong += "it failed: $found" else differences("error", expected, found, wrong)
    }

    private fun shown(
        code: String,
        kind: String,
        text: String,
        details: String,
    ): JsonNode =
        json.createObjectNode().also {
            it.put("code", code)
            it.put("family", kind)
            it.put("text", text)
            it.set<JsonNode>("details", json.readTree(details))
        }

    private fun equal(
        at: String,
        expected: Any?,
        found: Any?,
        wrong: MutableList<String>,
    ) {
        if (expected != found) wrong += "$at: expected $expected, found $found"
    }

    /** Adds where the found JSON does not contain the expected JSON. */
    private fun differences(
        at: String,
        expected: JsonNode,
        found: JsonNode,
        wrong: MutableList<String>,
    ) {
        when {
            expected is ObjectNode && found is ObjectNode -> {
                expected.properties().forEach { (key, member) ->
                    differences("$at.$key", member, found[key] ?: NullNode.instance, wrong)
                }
            }

            expected is ArrayNode && found is ArrayNode && expected.size() == found.size() -> {
                expected.zip(found).forEachIndexed { index, (one, other) -> differences("$at[$index]", one, other, wrong) }
            }

            else -> {
                equal(at, expected, found, wrong)
            }
        }
    }

    private companion object {
        /** The kinds that this runner leaves out. Kotlin makes drafts by calls, not from JSON. */
        val LEFT_OUT = setOf("draft")
    }
}
