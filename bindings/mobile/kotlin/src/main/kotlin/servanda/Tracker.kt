package servanda

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import java.nio.file.Path
import java.time.Instant
import java.time.LocalDate
import java.util.concurrent.ConcurrentHashMap

/**
 * A ledger, the place where it is kept, and who records.
 *
 * All its calls are synchronous and can be made from any thread; those that read or write a file belong on a thread that may wait, such as
 * those of `Dispatchers.IO`. Whatever it refuses it refuses with a [ServandaException].
 *
 * [close] lets go of the ledger. Without it the file stays open until the tracker and its views are collected as garbage.
 */
public class Tracker private constructor(
    private val raw: RawTracker,
    private val shared: Subscriptions,
) : AutoCloseable {
    /**
     * Appends facts: all of them, or none. What others have written is taken in first, and when this returns, the entries are on the disk.
     *
     * @return the ids of the new entries in order, those of what was brought along first, such as a built-in procedure.
     * @throws ServandaException.Refused if the procedure does not allow it, with what it would allow.
     */
    public fun append(drafts: List<Draft>): List<EntryId> = servanda { raw.append(drafts) }

    /** Appends facts: all of them, or none. */
    public fun append(vararg drafts: Draft): List<EntryId> = append(drafts.asList())

    /** Registers a commitment. */
    public fun register(commitment: Commitment): List<EntryId> = append(Draft.register(commitment))

    /** Appends facts as [append] does, and gives back the new entries. */
    public fun record(drafts: List<Draft>): List<Entry> = servanda { raw.record(drafts) }

    /** Appends facts as [append] does, and gives back the new entries. */
    public fun record(vararg drafts: Draft): List<Entry> = record(drafts.asList())

    /** The entries that [append] would append now; nothing is written. [View.with] shows where things would stand. */
    public fun prepare(drafts: List<Draft>): List<Entry> = servanda { raw.prepare(drafts) }

    /** The entries that [append] would append now; nothing is written. */
    public fun prepare(vararg drafts: Draft): List<Entry> = prepare(drafts.asList())

    /**
     * Takes in entries from elsewhere: all of them, or none if it fails. What does not fit together is kept, and shown as conflicts.
     *
     * @return how many were new.
     */
    public fun merge(entries: List<Entry>): Int = mergeLines(entries.map(Entry::line))

    /**
     * Takes in entries from elsewhere by their lines, such as those of a response or of a file.
     *
     * @return how many were new.
     * @throws ServandaException.Damaged if a line is not what was written.
     */
    public fun mergeLines(lines: List<String>): Int = servanda { raw.merge(lines).toInt() }

    /**
     * What has come to this ledger since an earlier export, for another tracker to [merge]; everything without a [cursor]. Entries may be given
     * out again, which does no harm.
     */
    public fun exportSince(cursor: String? = null): Export = servanda { raw.exportSince(cursor) }

    /** Takes in what other programs have written, and says whether there was anything. */
    public fun refresh(): Boolean = servanda { raw.refresh() }

    /** The digest of the ledger. Two trackers with the same digest hold the same entries. */
    public val digest: Digest get() = servanda { raw.digest() }

    /** All entries. */
    public fun entries(): List<Entry> = servanda { raw.entries() }

    /** The entries whose ids begin with these characters, such as `sha256:0b3f`. */
    public fun entriesLike(start: String): List<Entry> = servanda { raw.entriesLike(start) }

    /**
     * Reads the whole ledger at its place, and checks every line.
     *
     * @return how many entries there are.
     * @throws ServandaException.Damaged with everything that is wrong.
     */
    public fun verify(): Int = servanda { raw.verify().toInt() }

    /**
     * A view of what the tracker holds now.
     *
     * @param on the day that it is of; today if none is given.
     * @param knownAt the moment as of which the ledger is read: what had been written down by then. All that it holds if none is given.
     */
    public fun view(
        on: LocalDate? = null,
        knownAt: Instant? = null,
    ): View {
        val now = View(servanda { raw.view() })
        val then = if (on == null) now else now.on(on)
        return if (knownAt == null) then else then.knownAt(knownAt)
    }

    /**
     * Calls back when there are new entries, appended here, merged, or taken in: after they are on the disk, in the order in which they came, one
     * call after the other, on a thread that appended, merged or refreshed. It may ask, append, and end its own subscription. What it throws changes
     * nothing of what has happened, and is kept as [Subscription.failure].
     *
     * It is called until the subscription or the tracker is closed.
     */
    public fun observe(callback: (LedgerChange) -> Unit): Subscription {
        val subscription = Subscription(callback, shared)
        subscription.begin(servanda { raw.observe(subscription.listener) })
        return subscription
    }

    /**
     * What is new, as it comes. Nothing is left out, however slow who collects it is. The flow ends when the tracker is closed.
     *
     * Each collection is a subscription of its own, which begins before `collect` first suspends: what was there before is asked of a [view].
     */
    public fun changes(): Flow<LedgerChange> =
        flow {
            val told = Channel<LedgerChange>(Channel.UNLIMITED)
            val subscription = observe { change -> told.trySend(change) }
            try {
                subscription.whenClosed { told.close() }
                emitAll(told)
            } finally {
                subscription.close()
            }
        }

    /** The same ledger, for which it is always this moment: for imports, and for tests. It is closed with this one. */
    public fun atMoment(now: Instant): Tracker = Tracker(servanda { raw.atMoment(now) }, shared)

    /**
     * Lets go of the ledger. Whatever is asked of it or of its views afterwards is answered with [ServandaException.Stopped]; calls that are under
     * way end as usual. To close it again does nothing.
     */
    override fun close() {
        raw.closeLedger()
        shared.close()
    }

    /** Does nothing: what any call costs. */
    internal fun nothing() = raw.nothing()

    /** Where trackers come from. */
    public companion object {
        /** An empty ledger in memory. [recordedBy] is who writes, as a slug such as `phone`; if it is not well-formed, appending says so. */
        public fun inMemory(recordedBy: String): Tracker = Tracker(servanda { trackerInMemory(recordedBy) }, Subscriptions())

        /**
         * Opens the ledger at a path: a SQLite file or a file of JSON Lines, as its content says. Nothing is written until something is appended.
         *
         * @throws ServandaException.Place if it cannot be read.
         * @throws ServandaException.Damaged if what is there is not what was written.
         */
        public fun open(
            path: Path,
            recordedBy: String,
        ): Tracker = Tracker(servanda { openTracker(path.toString(), recordedBy) }, Subscriptions())

        /**
         * Creates an empty ledger at a path: a file of JSON Lines if it ends in `.jsonl`, and else a SQLite file.
         *
         * @throws ServandaException.Place if there is something already, or nothing can be written there.
         */
        public fun create(
            path: Path,
            recordedBy: String,
        ): Tracker = Tracker(servanda { createTracker(path.toString(), recordedBy) }, Subscriptions())
    }
}

/** The subscriptions to a ledger, which live until they or the tracker are closed, whether or not somebody holds them. */
internal class Subscriptions : AutoCloseable {
    private val open = ConcurrentHashMap.newKeySet<Subscription>()

    fun add(subscription: Subscription) {
        open.add(subscription)
    }

    fun remove(subscription: Subscription) {
        open.remove(subscription)
    }

    override fun close() = open.toList().forEach(Subscription::close)
}
