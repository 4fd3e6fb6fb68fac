package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.security.MessageDigest
import java.time.LocalDate
import java.util.HexFormat

/** Two ledgers that diverge and merge again. */
class OfflineTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `contradicting steps become the same conflict on both devices`() {
        val start = moment("2013-02-01T09:00:00Z")
        val phone = Tracker.create(folder.resolve("phone.db"), "phone")
        val desk = Tracker.create(folder.resolve("desk.jsonl"), "desk")
        phone.atMoment(start).register(visit)
        val first = phone.exportSince()
        assertEquals(first.entries.size, desk.merge(first.entries))

        // The phone records that the visit took place, the desk that it was given up. Each step is
        // legal on its ledger.
        val onThePhone = phone.atMoment(start.plusSeconds(60)).append(done)
        val givenUp = Draft.advance(VISIT, to = "given-up", on = LocalDate.of(2013, 2, 20), sources = listOf(statement))
        val atTheDesk = desk.atMoment(start.plusSeconds(120)).append(givenUp)

        // Only the new entries are exchanged, as lines.
        val new = phone.exportSince(first.cursor)
        assertEquals(onThePhone, new.entries.map(Entry::id))
        desk.mergeLines(new.entries.map(Entry::line))
        phone.merge(desk.exportSince().entries)

        assertEquals(phone.digest, desk.digest)
        val on = LocalDate.of(2013, 3, 1)
        val standings = listOf(phone, desk).map { it.view(on).standing(VISIT) }
        assertEquals(standings[0], standings[1])
        assertEquals(listOf("done"), standings.map { it.status }.distinct())
        // The later step becomes a conflict. It is not lost.
        val conflict = phone.view(on).conflicts().single()
        assertEquals(atTheDesk, listOf(conflict.entry))
        assertEquals(listOf(conflict), standings[0].conflicts)
        assertEquals(phone.view(on).json.standings(), desk.view(on).json.standings())
        listOf(phone, desk).forEach(Tracker::close)
    }

    @Test
    fun `a kind of fact from a newer version is kept and exported`() {
        val bare = RATED.replace(""""id":"sha256:ID",""", "")
        val id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bare.toByteArray()))
        val line = RATED.replace("ID", id)
        val (old, older) = Tracker.inMemory("old").atMoment(moment("2013-02-01T09:00:00Z")) to Tracker.inMemory("older")
        old.register(visit)
        assertEquals(1, old.mergeLines(listOf(line)))
        older.merge(old.exportSince().entries)

        val rated = older.entriesLike("sha256:$id").single()
        assertEquals(line, rated.line)
        assertEquals("rate", rated.kind)
        assertEquals(Fact.Unknown("rate"), rated.fact)
        assertEquals(old.digest, older.digest)
        val before = older.view(LocalDate.of(2013, 2, 28)).standing(VISIT)
        val after = older.view(LocalDate.of(2013, 3, 1)).standing(VISIT)
        assertEquals("planned" to null, before.status to after.status)
        assertEquals(true, "`rate`, which this version does not understand" in after.reason.orEmpty(), after.reason)
    }
}
