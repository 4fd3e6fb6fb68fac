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

/** Who hears what is new. */
class ObserverTest {
    private val tracker = Tracker.inMemory("desk").atMoment(moment("2013-02-25T09:00:00Z"))

    @Test
    fun `an observer is told of the entries, and of what became of the commitments`() {
        val told = mutableListOf<LedgerChange>()
        val subscription = tracker.observe(told::add)
        tracker.register(visit)
        val ids = tracker.append(done)
        subscription.close()
        subscription.close()
        tracker.append(Draft.remark(VISIT, "Not heard of", on = given))

        assertEquals(2, told.size)
        assertEquals(ids, told.last().entries.map(Entry::id))
        val observed = told.last().standings.single()
        assertEquals(listOf("planned", "done"), listOf(observed.before, observed.after).map { it?.status })
        assertEquals(
            null,
            told
                .first()
                .standings
                .single()
                .before,
        )
        assertEquals(null, subscription.failure)
    }

    @Test
    fun `a callback that throws changes nothing of what has happened`() {
        val thrown = IllegalStateException("by a test")
        val throwing = tracker.observe { throw thrown }
        val told = mutableListOf<LedgerChange>()
        val other = tracker.observe(told::add)
        assertEquals(2, tracker.register(visit).size)
        assertEquals(1, tracker.append(done).size)
        assertEquals(2, told.size)
        assertSame(thrown, throwing.failure)
        assertEquals(null, other.failure)
    }

    @Test
    fun `what throws right through the boundary ends there too`() {
        val raw = trackerInMemory("desk")
        val listener =
            object : RawListener {
                override fun changed(change: LedgerChange): Unit = throw IllegalStateException("by a test")
            }
        val observer = raw.observe(listener)
        assertEquals(2, raw.append(listOf(Draft.register(visit))).size)
        assertEquals(1, raw.append(listOf(done)).size)
        observer.stop()
    }

    @Test
    fun `a callback may ask, append, and end its own subscription`() {
        val heard = mutableListOf<Int>()
        var subscription: Subscription? = null
        subscription =
            tracker.observe { change ->
                heard += change.entries.size
                assertEquals(visit.title, tracker.view().standing(VISIT).title)
                if (heard.size == 1) tracker.append(Draft.remark(VISIT, "Heard of", on = given)) else subscription?.close()
            }
        tracker.register(visit)
        tracker.append(done)
        assertEquals(listOf(2, 1), heard)
        assertEquals(null, subscription.failure)
        assertEquals(
            listOf("Heard of"),
            tracker
                .view()
                .standing(VISIT)
                .remarks
                .map { it.title },
        )
    }

    @Test
    fun `a callback may close the tracker`() {
        val subscription = tracker.observe { tracker.close() }
        assertEquals(2, tracker.register(visit).size)
        assertEquals(null, subscription.failure)
        assertRefused<ServandaException.Stopped>("closed") { tracker.digest }
    }

    @Test
    fun `the flow of changes leaves nothing out, and ends when the tracker is closed`(): Unit =
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
            repeat(REMARKS) { tracker.append(Draft.remark(VISIT, "Remark $it", on = given)) }
            assertEquals(listOf(2, 1), two.await())
            tracker.close()
            assertEquals(listOf(2) + List(REMARKS) { 1 }, all.await())
        }

    private companion object {
        // More than a channel holds that is not told otherwise.
        const val REMARKS = 200
    }
}
