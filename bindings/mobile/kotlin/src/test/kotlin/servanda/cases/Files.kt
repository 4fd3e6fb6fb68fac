// The files with the cases.

package servanda.cases

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText

internal val json = ObjectMapper()

/** The folder of the cases, relative to the folder of the package. */
internal val folder: Path = Path.of("../../../tests/cases").toAbsolutePath().normalize()

/** The text of a file in that folder. */
internal fun textOf(name: String): String = folder.resolve(name).readText()

/** The files with cases, by name. */
internal fun caseFiles(): Map<String, JsonNode> = folder.listDirectoryEntries("*.json").sorted().associate { it.name to json.readTree(it.readText()) }
