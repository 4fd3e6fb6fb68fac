package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import servanda.examples.main
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Path
import kotlin.io.path.readText

/** The example in `examples/kotlin`. */
class ExampleTest {
    @Test
    fun `the example prints what it should`() {
        val printed = ByteArrayOutputStream()
        val out = System.out
        System.setOut(PrintStream(printed, true, Charsets.UTF_8))
        try {
            main()
        } finally {
            System.setOut(out)
        }
        assertEquals(Path.of("../../../examples/two-phones.txt").readText(), printed.toString(Charsets.UTF_8))
    }
}
