package servanda

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test

/** Observers and the flow of changes. */
class ObserverTest {
    private val tracker = Tracker.inMemory("desk").atMoment(moment("2013-02-25T09:00:00Z"))

    @Test
    fun `an observer gets the new entries and the standings before and after`() {
        val received = mutableListOf<LedgerChange>()
        val observer = tracker.observe(received::add)
        tracker.register(visit)
        val ids = tracker.append(done)
        observer.close()
        observer.close()
        tracker.append(Draft.remark(VISIT, title = "After the end", on = made))

        assertEquals(2, received.size)
        assertEquals(ids, received.last().entries.map(Entry::id))
        val observed = received.last().standings.single()
        assertEquals(listOf("planned", "done"), listOf(observed.before, observed.after).map { it?.status })
        assertEquals(
            null,
            received
                .first()
                .standings
                .single()
                .before,
        )
        assertEquals(null, observer.failure)
    }

    @Test
    fun `a callback that throws does not undo the append`() {
        val thrown = IllegalStateException("by a test")
        val throwing = tracker.observe { throw thrown }
        val received = mutableListOf<LedgerChange>()
        val other = tracker.observe(received::add)
        assertEquals(2, tracker.register(visit).size)
        assertEquals(1, tracker.append(done).size)
        assertEquals(2, received.size)
        assertSame(thrown, throwing.failure)
        assertEquals(null, other.failure)
    }

    @Test
    fun `an exception that crosses the boundary is ignored`() {
        val raw = trackerInMemory("desk")
        val listener =
            object : RawListener {
                override fun changed(change: LedgerChange): Unit = throw IllegalStateException("by a test")
            }
        val observer = raw.observe(listener)
        assertEquals(2, raw.append(listOf(Draft.register(visit)), false, false).size)
        assertEquals(1, raw.append(listOf(done), false, false).size)
        observer.stop()
    }

    @Test
    fun `a callback may ask, append and close its own observer`() {
        val sizes = mutableListOf<Int>()
        var observer: Observer? = null
        observer =
            tracker.observe { change ->
                sizes += change.entries.size
                assertEquals(visit.title, tracker.view().standing(VISIT).title)
                if (sizes.size == 1) tracker.append(Draft.remark(VISIT, title = "A callback", on = made)) else observer?.close()
            }
        tracker.register(visit)
        tracker.append(done)
        assertEquals(listOf(2, 1), sizes)
        assertEquals(null, observer.failure)
        assertEquals(
            listOf("A callback"),
            tracker
                .view()
                .standing(VISIT)
                .remarks
                .map { it.title },
        )
    }

    @Test
    fun `a callback may close the tracker`() {
        val observer = tracker.observe { tracker.close() }
        assertEquals(2, tracker.register(visit).size)
        assertEquals(null, observer.failure)
        assertRefused<ServandaException.Stopped>("closed") { tracker.digest }
    }

    @Test
    fun `the flow of changes misses nothing and ends when the tracker is closed`(): Unit =
        runBlocking {
            val all = async(start = CoroutineStart.UNDISPATCHED) { tracker.changes().map { it.entries.size }.toList() }
            val two =
                async(start = CoroutineStart.UNDISPATCHED) {
                    tracker
                        .changes()
                        .take(2)
                        .map { it.entries.size }
                        .toList()
                }
            tracker.register(visit)
            repeat(REMARKS) { tracker.append(Draft.remark(VISIT, title = "Remark $it", on = made)) }
            assertEquals(listOf(2, 1), two.await())
            tracker.close()
            assertEquals(listOf(2) + List(REMARKS) { 1 }, all.await())
        }

    private companion object {
        // More than the default capacity of a channel.
        const val REMARKS = 200
    }
}
