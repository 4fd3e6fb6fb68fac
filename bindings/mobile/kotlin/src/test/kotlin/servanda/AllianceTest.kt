package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import servanda.examples.alliance.story
import java.nio.file.Path
import kotlin.io.path.readLines

/** The story of `examples/kotlin`. */
class AllianceTest {
    @Test
    fun `told in Kotlin, the story is the same ledger, line by line`() {
        story().use { tracker ->
            assertEquals(Path.of("../../../examples/alliance.jsonl").readLines(), tracker.entries().map(Entry::line))
        }
    }
}
