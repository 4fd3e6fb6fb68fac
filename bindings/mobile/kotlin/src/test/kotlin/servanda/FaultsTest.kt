package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.LocalDate
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import kotlin.io.path.createDirectory
import kotlin.io.path.readBytes
import kotlin.io.path.setPosixFilePermissions
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

/** Failures at the boundary are exceptions that can be caught. Nothing aborts the process. */
class FaultsTest {
    @TempDir
    lateinit var folder: Path

    private val tracker = Tracker.inMemory("desk")

    @Test
    fun `each kind of error has its own exception, with message, code and details`() {
        tracker.register(visit)
        val unknown = assertRefused<ServandaException.Unknown>("unknown-commitment") { tracker.view().standing("us/abe-visitt") }
        assertEquals("""{"commitment":"us/abe-visitt","nearest":"us/abe-visit"}""", unknown.details)
        assertEquals("unknown", unknown.kind)
        assertRefused<ServandaException.Invalid>("invalid-slug") { tracker.view().whyNot(VISIT, "No Such Status") }
        assertRefused<ServandaException.Invalid>("empty-batch") { tracker.append() }
        assertRefused<ServandaException.Refused>("already-registered") { tracker.register(visit) }
        assertRefused<ServandaException.Damaged>("wrong-id") {
            tracker.mergeLines(listOf(RATED.replace("ID", "0".repeat(64))))
        }
        assertRefused<ServandaException.Place>("no-ledger") { Tracker.open(folder.resolve("nothing.db"), "desk") }
        tracker.close()
        assertRefused<ServandaException.Stopped>("closed") { tracker.digest }
    }

    @Test
    fun `a value that is not well-formed is refused as any argument`() {
        val sourceless = Source("", "gopher://example.org")
        assertRefused<ServandaException.Invalid>("invalid-title") {
            tracker.append(Draft.advance(VISIT, to = "done", on = made, sources = listOf(sourceless)))
        }
        assertRefused<ServandaException.Invalid>("invalid-url") {
            tracker.append(Draft.advance(VISIT, to = "done", on = made, sources = listOf(sourceless.copy(title = "A page"))))
        }
        assertRefused<ServandaException.Invalid>("invalid-digest") { tracker.append(Draft.retract(VISIT, "sha256:0", "a slip")) }
        assertRefused<ServandaException.Invalid>("invalid-language") {
            tracker.append(Draft.define(Party("jp", mapOf("Japanese!" to "日本"))))
        }
        assertRefused<ServandaException.Invalid>("invalid-note") {
            tracker.append(Draft.remark(VISIT, title = "A remark", on = made, note = "n".repeat(100_001)))
        }
        assertRefused<ServandaException.Invalid>("invalid-slug") { tracker.view().standings(Filter(party = "No Slug")) }
        assertRefused<ServandaException.Invalid>("invalid-slug") { Tracker.inMemory("No Slug") }
        assertRefused<ServandaException.Invalid>("invalid-cursor") { tracker.exportSince("nowhere") }
        assertRefused<ServandaException.Invalid>("invalid-field") {
            tracker.register(visit.copy(rules = mapOf("clock" to Builtin.treaty("cptpp").copy(treaty = "{"))))
        }
        assertRefused<ServandaException.Invalid>("procedure-refused") { Procedure.fromToml("id = 3", file = "mine.toml") }
        assertRefused<ServandaException.Invalid>("unknown-word") { Builtin.treaty("versailles") }
        assertRefused<ServandaException.Unknown>("no-procedure") { Builtin.procedure("actoin") }
        assertRefused<ServandaException.Invalid>("invalid-text") { tracker.append(Draft.remark(VISIT, title = "\uD800", on = made)) }
    }

    @Test
    fun `a closed tracker and its views refuse every call`() {
        tracker.register(visit)
        val (view, later) = tracker.view() to tracker.atMoment(moment("2030-01-01T00:00:00Z"))
        tracker.close()
        tracker.close()
        val calls =
            listOf<() -> Any?>(
                { tracker.append(done) },
                { tracker.prepare(done) },
                { tracker.merge(emptyList()) },
                { tracker.exportSince() },
                { tracker.refresh() },
                { tracker.digest },
                { tracker.entries() },
                { tracker.verify() },
                { tracker.view() },
                { tracker.observe {} },
                { tracker.atMoment(moment("2030-01-01T00:00:00Z")) },
                { later.digest },
                { view.standing(VISIT) },
                { view.standings() },
                { view.json.standings() },
                { view.on(made) },
            )
        calls.forEach { call ->
            val refused = assertRefused<ServandaException.Stopped>("closed") { call() }
            assertEquals("the tracker is closed; open the ledger again", refused.message)
        }
    }

    @Test
    fun `a tracker that is closed during calls answers or refuses each of them`() {
        tracker.register(visit)
        val ready = CountDownLatch(THREADS)
        val pool = Executors.newFixedThreadPool(THREADS)
        val asked =
            List(THREADS) {
                pool.submit(
                    Callable {
                        ready.countDown()
                        generateSequence { runCatching { tracker.view().standing(VISIT).title } }
                            .first { it.isFailure }
                            .exceptionOrNull()
                    },
                )
            }
        ready.await()
        tracker.close()
        assertEquals(List(THREADS) { "closed" }, asked.map { (it.get() as ServandaException.Stopped).code })
        pool.shutdown()
    }

    @Test
    fun `eight threads append and ask at once and no entry is lost`() {
        val path = folder.resolve("eight.db")
        Tracker.create(path, "desk").use { tracker ->
            tracker.register(visit)
            val pool = Executors.newFixedThreadPool(THREADS)
            val ids =
                pool
                    .invokeAll(
                        List(THREADS) { thread ->
                            Callable {
                                List(EACH) { n ->
                                    tracker.view().standings()
                                    tracker.append(Draft.remark(VISIT, title = "Remark $n of thread $thread", on = made)).single()
                                }
                            }
                        },
                    ).flatMap { it.get() }
            pool.shutdown()
            assertEquals(THREADS * EACH, ids.toSet().size)
            assertEquals(
                THREADS * EACH,
                tracker
                    .view()
                    .standing(VISIT)
                    .remarks.size,
            )
        }
        // The ledger also has the procedure and the registration.
        Tracker.open(path, "reader").use { assertEquals(THREADS * EACH + 2, it.verify()) }
    }

    @Test
    fun `a path without permission is refused`() {
        val locked = folder.resolve("locked").createDirectory()
        val there = locked.resolve("there.jsonl")
        Tracker.create(there, "desk").close()
        there.setPosixFilePermissions(PosixFilePermissions.fromString("---------"))
        locked.setPosixFilePermissions(PosixFilePermissions.fromString("r-xr-xr-x"))
        if (Files.isWritable(there)) {
            // This is root, to whom only the kernel forbids anything.
            assertRefused<ServandaException.Place>("no-permission") { Tracker.create(Path.of("/sys/kernel/new.jsonl"), "desk") }
        } else {
            assertRefused<ServandaException.Place>("no-permission") { Tracker.open(there, "desk") }
            assertRefused<ServandaException.Place>("no-permission") { Tracker.create(locked.resolve("new.jsonl"), "desk") }
        }
        locked.setPosixFilePermissions(PosixFilePermissions.fromString("rwxr-xr-x"))
    }

    @Test
    fun `a path that cannot hold a ledger is refused`() {
        assertRefused<ServandaException.Place>("not-a-file") { Tracker.open(folder, "desk") }
        assertRefused<ServandaException.Place>("already-there") { Tracker.create(folder, "desk") }
        assertThrows<ServandaException.Place> { Tracker.create(folder.resolve("no/such/folder/new.db"), "desk") }
    }

    @Test
    fun `a corrupted file is refused`() {
        val lines = folder.resolve("lines.jsonl")
        Tracker.create(lines, "desk").use { it.register(visit) }
        lines.writeText(lines.toFile().readText().replace("has invited", "had invited"))
        val damaged = assertRefused<ServandaException.Damaged>("damaged") { Tracker.open(lines, "desk") }
        assertEquals(true, "line 2, the id is sha256:" in damaged.message, damaged.message)

        val database = folder.resolve("rows.db")
        Tracker.create(database, "desk").use { it.register(visit) }
        val bytes = database.readBytes()
        database.writeBytes(bytes.also { it.fill(0x5a, fromIndex = HEADER) })
        assertThrows<ServandaException.Damaged> { Tracker.open(database, "desk").use { it.view().standing(VISIT) } }

        folder.resolve("noise.db").writeBytes(ByteArray(4096) { (it * 31).toByte() })
        assertThrows<ServandaException> { Tracker.open(folder.resolve("noise.db"), "desk") }
    }

    @Test
    fun `an internal failure of the library is an exception`() {
        val failed = assertThrows<ServandaException.Stopped> { servanda { throw InternalException("by a test") } }
        assertEquals("failed" to "the library failed: by a test", failed.code to failed.message)
    }

    private companion object {
        const val THREADS = 8
        const val EACH = 25
        const val HEADER = 100
    }
}
