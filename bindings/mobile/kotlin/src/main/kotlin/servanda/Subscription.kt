package servanda

import java.util.concurrent.atomic.AtomicBoolean

/** A callback that hears what is new on a ledger, until this is closed. */
public class Subscription internal constructor(
    callback: (LedgerChange) -> Unit,
    private val among: Subscriptions,
) : AutoCloseable {
    /** What the callback threw last; none if it has not thrown. */
    @Volatile
    public var failure: Throwable? = null
        private set

    internal val listener =
        object : RawListener {
            // Whatever it is, it must not go further: on the other side of the boundary nobody could catch it.
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
        // The callback may have ended its own subscription before it was known here.
        if (closed.get()) end()
    }

    internal fun whenClosed(block: () -> Unit) {
        afterwards = block
        if (closed.get()) block()
    }

    /** Ends the subscription. A call that is under way on another thread is not waited for. To close it again does nothing. */
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
