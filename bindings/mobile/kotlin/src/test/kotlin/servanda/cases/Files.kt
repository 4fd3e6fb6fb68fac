// The files that hold the cases.

package servanda.cases

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText

internal val json = ObjectMapper()

/** The folder of the cases, seen from the package's own. */
internal val folder: Path = Path.of("../../../tests/cases").toAbsolutePath().normalize()

/** The text of a file in it. */
internal fun textOf(name: String): String = folder.resolve(name).readText()

/** Each file of cases, by its name. */
internal fun caseFiles(): Map<String, JsonNode> = folder.listDirectoryEntries("*.json").sorted().associate { it.name to json.readTree(it.readText()) }
