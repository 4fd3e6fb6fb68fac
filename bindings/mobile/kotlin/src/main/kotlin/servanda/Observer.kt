package servanda

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicBoolean

/** A callback that is called with new entries until it is closed. */
public class Observer internal constructor(
    callback: (LedgerChange) -> Unit,
    private val among: Observers,
) : AutoCloseable {
    /** The last exception that the callback threw, or null. */
    @Volatile
    public var failure: Throwable? = null
        private set

    internal val listener =
        object : RawListener {
            // The exception must not cross the boundary, because nothing could catch it there.
            @Suppress("TooGenericExceptionCaught")
            override fun changed(change: LedgerChange) =
                try {
                    callback(change)
                } catch (thrown: Throwable) {
                    failure = thrown
                }
        }

    @Volatile
    private var raw: RawObserver? = null

    @Volatile
    private var afterwards: () -> Unit = {}

    private val closed = AtomicBoolean()

    internal fun begin(observer: RawObserver) {
        raw = observer
        among.add(this)
        // The callback may have closed this observer before `raw` was set.
        if (closed.get()) end()
    }

    internal fun whenClosed(block: () -> Unit) {
        afterwards = block
        if (closed.get()) block()
    }

    /**
     * Ends the calls. It does not wait for a call that is in progress on another thread. Closing
     * again has no effect.
     */
    override fun close() {
        if (closed.compareAndSet(false, true)) {
            end()
            afterwards()
        }
    }

    private fun end() {
        among.remove(this)
        raw?.run {
            stop()
            close()
        }
    }
}

/**
 * The observers of a ledger. They live until they or the tracker are closed, whether or not the app
 * keeps them.
 */
internal class Observers : AutoCloseable {
    private val open = ConcurrentHashMap.newKeySet<Observer>()

    fun add(observer: Observer) {
        open.add(observer)
    }

    fun remove(observer: Observer) {
        open.remove(observer)
    }

    override fun close() = open.toList().forEach(Observer::close)
}
