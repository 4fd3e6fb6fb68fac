package servanda

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import java.nio.file.Path
import java.time.Instant
import java.time.LocalDate

/**
 * A ledger, the file it is stored in, and the recorder.
 *
 * All calls are synchronous and can be made from any thread. Calls that read or write a file block,
 * so make them on a thread that may block, such as those of `Dispatchers.IO`. A call that is
 * refused throws a [ServandaException].
 *
 * [close] closes the ledger. Otherwise the file stays open until the tracker and its views are
 * garbage collected.
 */
public class Tracker private constructor(
    private val raw: RawTracker,
    private val observers: Observers,
) : AutoCloseable {
    /**
     * Appends facts, all or none. The tracker reads what other programs have written first. When
     * this returns, the entries are on the disk.
     *
     * @return The ids of the new entries in order. Definitions that came along, such as that of a
     *   built-in procedure, are first.
     * @param skipRecorded Leaves out what this recorder has recorded already, so that a repeated
     *   call changes nothing.
     * @param shareIdentifiers Allows identifiers that other commitments have too.
     * @throws ServandaException.Refused If the procedure does not allow a fact, with what it would
     *   allow.
     */
    public fun append(
        drafts: List<Draft>,
        skipRecorded: Boolean = false,
        shareIdentifiers: Boolean = false,
    ): List<EntryId> = servanda { raw.append(drafts, skipRecorded, shareIdentifiers) }

    /** Appends facts, all or none. */
    public fun append(vararg drafts: Draft): List<EntryId> = append(drafts.asList())

    /** Registers a commitment. */
    public fun register(commitment: Commitment): List<EntryId> = append(Draft.register(commitment))

    /** Appends facts like [append], and returns the new entries. */
    public fun record(drafts: List<Draft>): List<Entry> = servanda { raw.record(drafts) }

    /** Appends facts like [append], and returns the new entries. */
    public fun record(vararg drafts: Draft): List<Entry> = record(drafts.asList())

    /**
     * Returns the entries that [append] would write now, without writing them. [View.with] shows
     * their effect.
     */
    public fun prepare(drafts: List<Draft>): List<Entry> = servanda { raw.prepare(drafts) }

    /** Returns the entries that [append] would write now, without writing them. */
    public fun prepare(vararg drafts: Draft): List<Entry> = prepare(drafts.asList())

    /**
     * Merges entries of another ledger, all or none. Entries that contradict each other are kept
     * and reported as conflicts.
     *
     * @return How many entries were new.
     */
    public fun merge(entries: List<Entry>): Int = mergeLines(entries.map(Entry::line))

    /**
     * Merges entries given as lines, such as the lines of an HTTP response or of a file.
     *
     * @return How many entries were new.
     * @throws ServandaException.Damaged If a line was changed after it was written.
     */
    public fun mergeLines(lines: List<String>): Int = servanda { raw.merge(lines).toInt() }

    /**
     * Exports the entries that this ledger received since an earlier export, for another tracker to
     * [merge]; all entries without a [cursor]. An entry may be exported twice, which is harmless.
     */
    public fun exportSince(cursor: String? = null): Export = servanda { raw.exportSince(cursor) }

    /** Reads what other programs have written to the file. Returns whether there was anything. */
    public fun refresh(): Boolean = servanda { raw.refresh() }

    /** The digest of the ledger. Two ledgers with the same digest have the same entries. */
    public val digest: Digest get() = servanda { raw.digest() }

    /** All entries. */
    public fun entries(): List<Entry> = servanda { raw.entries() }

    /** The entries whose ids start with this text, such as `sha256:0b3f`. */
    public fun entriesLike(start: String): List<Entry> = servanda { raw.entriesLike(start) }

    /**
     * Reads the whole ledger again and checks every line.
     *
     * @return The number of entries.
     * @throws ServandaException.Damaged With every mistake.
     */
    public fun verify(): Int = servanda { raw.verify().toInt() }

    /**
     * A view of the entries that the tracker has now.
     *
     * @param on The day of the view. The default is today.
     * @param knownAt The view has only the entries that were recorded by this moment. The default
     *   is all entries.
     * @param asPublished The view has only the entries that were published by the end of this day.
     */
    public fun view(
        on: LocalDate? = null,
        knownAt: Instant? = null,
        asPublished: LocalDate? = null,
        languages: List<String> = emptyList(),
    ): View {
        val now = View(servanda { raw.view() })
        val then = if (on == null) now else now.on(on)
        val known = if (knownAt == null) then else then.knownAt(knownAt)
        val published = if (asPublished == null) known else known.asPublished(asPublished)
        return if (languages.isEmpty()) published else published.inLanguages(languages)
    }

    /**
     * Calls the callback with new entries, whether they were appended here, merged, or written by
     * another program.
     *
     * The calls come after the entries are on the disk, one after the other, in the order of the
     * entries, on the thread that appended, merged or refreshed. The callback may ask, append, and
     * close its own observer. If it throws, the entries stay written, and [Observer.failure] has
     * the exception.
     *
     * The calls end when the observer or the tracker is closed.
     */
    public fun observe(callback: (LedgerChange) -> Unit): Observer {
        val observer = Observer(callback, observers)
        observer.begin(servanda { raw.observe(observer.listener) })
        return observer
    }

    /**
     * The new entries as a flow. A slow collector misses nothing. The flow ends when the tracker is
     * closed.
     *
     * Each collection has its own observer, which starts before `collect` first suspends. Ask a
     * [view] about earlier entries.
     */
    public fun changes(): Flow<LedgerChange> =
        flow {
            val received = Channel<LedgerChange>(Channel.UNLIMITED)
            val observer = observe { change -> received.trySend(change) }
            try {
                observer.whenClosed { received.close() }
                emitAll(received)
            } finally {
                observer.close()
            }
        }

    /**
     * A tracker of the same ledger whose clock always shows this moment, for imports and tests. It
     * closes with this one.
     */
    public fun atMoment(now: Instant): Tracker = Tracker(servanda { raw.atMoment(now) }, observers)

    /**
     * Closes the ledger. Later calls to the tracker and its views throw
     * [ServandaException.Stopped]. Calls that are in progress finish normally. Closing again has no
     * effect.
     */
    override fun close() {
        raw.closeLedger()
        observers.close()
    }

    /** Does nothing, so that a benchmark can measure what any call costs. */
    internal fun nothing() = raw.nothing()

    /** The functions that open or create a ledger. */
    public companion object {
        /**
         * Creates an empty ledger in memory. [recordedBy] is the recorder, such as `phone`.
         *
         * @throws ServandaException.Invalid If the recorder is not a slug.
         */
        public fun inMemory(recordedBy: String): Tracker = Tracker(servanda { trackerInMemory(recordedBy) }, Observers())

        /**
         * Opens the ledger at a path. The content decides whether it is a SQLite file or a JSON
         * Lines file. Nothing is written before the first append.
         *
         * @throws ServandaException.Place If the file cannot be read.
         * @throws ServandaException.Damaged If the file is not what was written.
         */
        public fun open(
            path: Path,
            recordedBy: String,
        ): Tracker = Tracker(servanda { openTracker(path.toString(), recordedBy) }, Observers())

        /**
         * Creates an empty ledger at a path: a JSON Lines file if the path ends in `.jsonl`,
         * otherwise a SQLite file.
         *
         * @throws ServandaException.Place If there is a file already, or it cannot be written.
         */
        public fun create(
            path: Path,
            recordedBy: String,
        ): Tracker = Tracker(servanda { createTracker(path.toString(), recordedBy) }, Observers())
    }
}
