package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.readText

/** The first code block of the README is the code of `FirstScreen.kt`, which runs here. */
class ReadmeTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `the first code block of the README runs`() {
        val printed = mutableListOf<Any?>()
        firstScreen(folder, printed::add)
        assertEquals(listOf("in-progress", "2013-03-15", "illegal-step", true), printed)
    }

    @Test
    fun `the README shows the code that runs here`() {
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
