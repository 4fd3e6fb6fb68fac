package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.readText

/** The README's first code: that it is what is here, and that this runs. */
class ReadmeTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `the first screen of the README runs as it stands`() {
        val printed = mutableListOf<Any?>()
        firstScreen(folder, printed::add)
        assertEquals(listOf("in-progress", "2013-03-15", "illegal-step", true), printed)
    }

    @Test
    fun `the README shows the code that was run`() {
        val source = Path.of("src/test/kotlin/servanda/FirstScreen.kt").readText()
        val code =
            source
                .substringAfter("// README\n")
                .substringBefore("    // END\n")
                .trimIndent()
                .trim()
        val shown =
            Path
                .of("README.md")
                .readText()
                .substringAfter("```kotlin\n")
                .substringBefore("```")
                .trim()
        assertEquals(code, shown.lines().dropWhile { it.startsWith("import") || it.isBlank() }.joinToString("\n"))
    }
}
